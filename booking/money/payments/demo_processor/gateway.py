"""The demo card processor: pretend payments, so that anybody can try everything.

It takes the place of another company's server: it keeps its own table, in its own transactions,
and never sees ours. It refuses to run in production.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from booking.foundation import clock, tokens
from booking.foundation.db import db, transaction
from booking.foundation.web import addresses
from booking.money.payments import gateway
from booking.money.payments.demo_processor import books as demo_books
from booking.money.payments.demo_processor import locks
from booking.money.payments.demo_processor.account import DemoAccount
from booking.money.payments.demo_processor.models import DemoSession

#: How long "slow" money takes.
SLOW = timedelta(seconds=20)
TOLERANCE = timedelta(minutes=5)
#: The header that signs a message.
SIGNATURE = "demo-signature"


class DemoProcessorInProduction(RuntimeError):
    """Pretend money would confirm a real child's place."""


class DemoGateway:
    """The port's pretend adapter."""

    name, live = "demo", False
    #: Its pages are on this site.
    origins: tuple[str, ...] = ()

    def __init__(self, *, environment: str, secret: str, base_url: str = "") -> None:
        if environment == "production":
            raise DemoProcessorInProduction(
                "PAYMENTS=demo takes pretend money; production needs a real card processor."
            )
        self._secret = secret.encode()
        self._base_url = base_url.rstrip("/")
        self.account = DemoAccount()

    def open_session(self, order: gateway.Order) -> gateway.Session:
        """Open a pretend payment page; the same order again gives the same page."""
        try:
            return self._open(order)
        except IntegrityError:
            return self._open(order)  # the same order came twice at the same moment

    def _open(self, order: gateway.Order) -> gateway.Session:
        with transaction() as unit:
            row = unit.scalar(select(DemoSession).where(DemoSession.idempotency_key == order.key))
            if row is None:
                row = _row(order)
                unit.add(row)
                unit.flush()
            elif _facts(row) != _facts(_row(order)):
                raise gateway.KeyUsedDifferently("the key was used for another order")
            return self._session(row)

    def session(self, session_id: str) -> gateway.Session:
        """Return the page as it is now."""
        return self._session(found(session_id))

    def expire(self, session_id: str) -> gateway.Session:
        """Close an open page."""
        with transaction():
            row = found(session_id, locked=True)
            if state(row) is not gateway.SessionState.OPEN:
                raise gateway.SessionNotOpen("this page is not open")
            row.status = "expired"
            return self._session(row)

    def refund(self, order: gateway.RefundOrder) -> gateway.RefundAnswer:
        """Refund pretend money, never more than was paid."""
        with transaction():
            row = found(order.money_id.removeprefix("money_"), locked=True)
            if order.key not in row.refunds:
                if state(row) is not gateway.SessionState.PAID:
                    raise gateway.GatewayRefused("this payment has not arrived yet")
                demo_books.give_back(row, key=order.key, pence=order.amount_pence, now=clock.now())
            return _refund(row, order.key)

    def refund_now(self, refund_id: str) -> gateway.RefundAnswer:
        """Return a refund as it is now."""
        row = found(demo_books.session_of_refund(refund_id))
        for key in row.refunds:
            if demo_books.refund_id(row.id, key) == refund_id:
                return _refund(row, key)
        raise gateway.GatewayRefused("no such refund")

    def refunds_of(self, money_id: str) -> list[gateway.RefundAnswer]:
        """Return every refund of a page's money, including those made in the back office."""
        row = found(money_id.removeprefix("money_"))
        return [_refund(row, key) for key in row.refunds]

    def sign(self, raw: bytes, at: datetime) -> str:
        """Return the signature that the demo card processor puts on a message."""
        stamp = str(int(at.timestamp()))
        digest = hmac.new(self._secret, stamp.encode() + b"." + raw, hashlib.sha256)
        return f"t={stamp},v1={digest.hexdigest()}"

    def verify_message(self, raw: bytes, headers: Mapping[str, str]) -> gateway.ProcessorMessage:
        """Check signature and age."""
        signature = headers.get(SIGNATURE, "")
        stamp = signature.partition(",")[0].removeprefix("t=")
        if not stamp.isdecimal():
            raise gateway.BadSignature("no time stamp")
        digest = hmac.new(self._secret, stamp.encode() + b"." + raw, hashlib.sha256)
        if not hmac.compare_digest(signature, f"t={stamp},v1={digest.hexdigest()}"):
            raise gateway.BadSignature("the signature does not belong to these bytes")
        if abs(clock.now().timestamp() - int(stamp)) > TOLERANCE.total_seconds():
            raise gateway.BadSignature("the message is too old, or from the future")
        try:
            return _message(json.loads(raw))
        except (ValueError, KeyError, TypeError) as error:
            raise gateway.BadSignature("not a message") from error

    def _session(self, row: DemoSession) -> gateway.Session:
        where = state(row)
        return gateway.Session(
            id=row.id,
            url=self._base_url + addresses.DEMO_PAYMENT(session_id=row.id),
            state=where,
            amount_pence=row.amount_pence,
            currency=gateway.CURRENCY,
            reference=row.reference,
            noted_reference=row.reference,
            live=False,
            money_id="" if row.pays_at is None else f"money_{row.id}",
            card_fee_pence=demo_books.card_fee_pence(row.amount_pence)
            if where is gateway.SessionState.PAID
            else None,
            declined=row.declined and where is not gateway.SessionState.PAID,
        )


def _message(content: dict[str, Any]) -> gateway.ProcessorMessage:
    thing = content["object"]
    return gateway.ProcessorMessage(
        id=content["id"],
        news=gateway.News(content["news"]),
        object_id=thing["id"],
        money_id=thing.get("payment_intent", ""),
    )


def found(session_id: str, *, locked: bool = False) -> DemoSession:
    """Return the processor's row for a page. Raises GatewayRefused if there is none."""
    row = locks.session(session_id) if locked else db.session.get(DemoSession, session_id)
    if row is None:
        raise gateway.GatewayRefused("no such session")
    return row


def state(row: DemoSession) -> gateway.SessionState:
    """Return the state of a page at this instant."""
    now = clock.now()
    if row.pays_at is not None:
        paid = row.pays_at <= now
        return gateway.SessionState.PAID if paid else gateway.SessionState.WAITING
    if row.status == "expired" or row.expires_at <= now:
        return gateway.SessionState.EXPIRED
    return gateway.SessionState.OPEN


def pay(*, row: DemoSession, now: datetime, slowly: bool = False) -> None:
    """Take the pretend money, straight away or a little later. Raises SessionNotOpen."""
    _require_open(row)
    row.status, row.declined = "complete", False
    row.slow, row.pays_at = slowly, now + SLOW if slowly else now
    demo_books.write_charge(row)


def decline(*, row: DemoSession) -> None:
    """Decline the pretend card; the page stays open for another try. Raises SessionNotOpen."""
    _require_open(row)
    row.declined = True


def _require_open(row: DemoSession) -> None:
    if state(row) is not gateway.SessionState.OPEN:
        raise gateway.SessionNotOpen("This payment page is no longer open.")


def _row(order: gateway.Order) -> DemoSession:
    session_id = f"demo_{tokens.new_public_id()}"
    return DemoSession(
        id=session_id,
        idempotency_key=order.key,
        reference=order.reference,
        amount_pence=order.amount_pence,
        description="; ".join(line.label for line in order.lines),
        note=order.note,
        success_url=order.success_url,
        cancel_url=order.cancel_url,
        expires_at=order.expires_at,
        refunds={},
    )


def _facts(row: DemoSession) -> tuple[Any, ...]:
    return (row.reference, row.amount_pence, row.description, row.cancel_url, row.expires_at)


def _refund(row: DemoSession, key: str) -> gateway.RefundAnswer:
    ours = key.startswith("refund:")
    return gateway.RefundAnswer(
        demo_books.refund_id(row.id, key),
        demo_books.refund_state(row, key, clock.now()),
        row.refunds[key],
        key.removeprefix("refund:") if ours else "",
        f"money_{row.id}",
    )
