"""The invented processor behind the port: its servers are a few dictionaries."""

import hashlib
import hmac
import json
from dataclasses import replace

from booking.domain.payment_states import RefundState
from booking.foundation import clock
from booking.money.payments import gateway

SITE = "https://pay.invented.example"
STAMP, SIGNATURE = "invented-stamp", "invented-signature"
TOLERANCE_S = 300
#: What its messages are called, and what each is about.
NEWS = {"page.settled": gateway.News.SESSION, "money.returned": gateway.News.MONEY_BACK}


class InventedGateway:
    """Keeps the promises of the port, as any card processor must."""

    name, live, origins = "invented", False, (SITE,)

    def __init__(self, secret):
        self._secret = secret.encode()
        self._orders, self._pages, self._refunds = {}, {}, {}
        self.account = None  # it tells us nothing about its account

    def open_session(self, order):
        known, page_id = self._orders.setdefault(order.key, (order, f"inv_{len(self._orders)}"))
        if known != order:
            raise gateway.KeyUsedDifferently("the key was used for another order")
        opened = gateway.Session(
            id=page_id,
            url=f"{SITE}/{page_id}",
            state=gateway.SessionState.OPEN,
            amount_pence=order.amount_pence,
            currency=gateway.CURRENCY,
            reference=order.reference,
            noted_reference=order.reference,
            live=False,
        )
        return self._pages.setdefault(page_id, opened)

    def session(self, session_id):
        if session_id not in self._pages:
            raise gateway.GatewayRefused("no such page")
        return self._pages[session_id]

    def expire(self, session_id):
        if self.session(session_id).state is not gateway.SessionState.OPEN:
            raise gateway.SessionNotOpen("this page is not open")
        return self.change(session_id, state=gateway.SessionState.EXPIRED)

    def refund(self, order):
        if order.key in self._refunds:
            return self._refunds[order.key]
        page = self.session(order.money_id.removeprefix("money_"))
        gone = sum(each.amount_pence for each in self.refunds_of(order.money_id))
        if order.amount_pence > page.amount_pence - gone:
            raise gateway.GatewayRefused("more than is left of this payment")
        self._refunds[order.key] = gateway.RefundAnswer(
            id=f"back_{len(self._refunds)}",
            state=RefundState.SUCCEEDED,
            amount_pence=order.amount_pence,
            reference=order.reference,
            money_id=order.money_id,
        )
        return self._refunds[order.key]

    def refund_now(self, refund_id):
        return next(each for each in self._refunds.values() if each.id == refund_id)

    def refunds_of(self, money_id):
        return [each for each in self._refunds.values() if each.money_id == money_id]

    def verify_message(self, raw, headers):
        stamp = headers.get(STAMP, "")
        if not hmac.compare_digest(headers.get(SIGNATURE, ""), self.signature(raw, stamp)):
            raise gateway.BadSignature("the signature does not belong to these bytes")
        if abs(clock.now().timestamp() - int(stamp)) > TOLERANCE_S:
            raise gateway.BadSignature("the message is too old, or from the future")
        try:
            content = json.loads(raw)
            news = NEWS.get(content["what"], gateway.News.OTHER)
            return gateway.ProcessorMessage(
                content["id"], news, content["about"], words=content["what"]
            )
        except (ValueError, KeyError, TypeError) as error:
            raise gateway.BadSignature("not a message") from error

    def signature(self, raw, stamp):
        """Return what the processor's servers sign."""
        signed = hmac.new(self._secret, stamp.encode() + b"\n" + raw, hashlib.sha256)
        return signed.hexdigest()

    def change(self, session_id, **facts):
        """Do what happens to a page on the processor's own servers."""
        self._pages[session_id] = replace(self._pages[session_id], **facts)
        return self._pages[session_id]
