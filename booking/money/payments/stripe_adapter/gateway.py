"""Stripe Checkout behind the port. Only this folder knows the library `stripe`.

Written for stripe 16.1 and its API version. The tests check what it sends against
Stripe's own description of that version.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import stripe

from booking.foundation import clock
from booking.money.payments import gateway
from booking.money.payments.stripe_adapter import calls as stripe_calls
from booking.money.payments.stripe_adapter.account import StripeAccount
from booking.money.payments.stripe_adapter.punctual import PunctualClient

#: The version of the shapes below; the webhook endpoint at Stripe must be set to the same.
API_VERSION = "2026-10-28.endive"
#: Where Stripe Checkout's pages are, and the header that signs a message.
PAGES = "https://checkout.stripe.com"
SIGNATURE = "stripe-signature"
#: How often a call is tried again; a person who waits may run out of time before.
RETRIES = 2
#: A signed message may be this old or, if a clock runs fast, this far in the future.
TOLERANCE = timedelta(minutes=5)
EXPAND = ["payment_intent.latest_charge.balance_transaction"]
#: States of a payment intent that mean that the delayed method failed.
FAILED_INTENTS = {"requires_payment_method", "canceled"}


class StripeGateway:
    """One client per application; nothing about it is global but the telemetry switch."""

    name = "stripe"

    def __init__(
        self, *, secret_key: str, webhook_secrets: tuple[str, ...], api_base: str = ""
    ) -> None:
        stripe.enable_telemetry = False
        self.live = secret_key.startswith(("sk_live_", "rk_live_"))
        self.origins: tuple[str, ...] = (PAGES, api_base) if api_base else (PAGES,)
        assert not (self.live and api_base), "real money goes to Stripe itself"
        self._webhook_secrets = webhook_secrets
        self._http = PunctualClient()
        self._client = stripe.StripeClient(
            secret_key,
            stripe_version=API_VERSION,
            max_network_retries=RETRIES,
            http_client=self._http,
            base_addresses={"api": api_base} if api_base else {},
        )
        self.account = StripeAccount(self._client)

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._http.close()

    def open_session(self, order: gateway.Order) -> gateway.Session:
        """Open a payment page; the same order again gives the same page."""
        sessions = self._client.v1.checkout.sessions
        options: Any = {"idempotency_key": order.key}
        return _session(stripe_calls.asked(lambda: sessions.create(session_params(order), options)))

    def session(self, session_id: str) -> gateway.Session:
        """Return the page as it is now, with what the processor keeps of the money."""
        sessions = self._client.v1.checkout.sessions
        return _session(
            stripe_calls.asked(lambda: sessions.retrieve(session_id, {"expand": EXPAND}))
        )

    def expire(self, session_id: str) -> gateway.Session:
        """Close an open page. It is normal that a paid one cannot be closed."""
        sessions = self._client.v1.checkout.sessions
        try:
            return _session(stripe_calls.asked(lambda: sessions.expire(session_id)))
        except gateway.GatewayRefused as error:
            raise gateway.SessionNotOpen(str(error)) from error

    def refund(self, order: gateway.RefundOrder) -> gateway.RefundAnswer:
        """Refund money."""
        options: Any = {"idempotency_key": order.key}
        refunds = self._client.v1.refunds
        return stripe_calls.refund(
            stripe_calls.asked(lambda: refunds.create(refund_params(order), options))
        )

    def refund_now(self, refund_id: str) -> gateway.RefundAnswer:
        """Return a refund as it is now."""
        return stripe_calls.refund(
            stripe_calls.asked(lambda: self._client.v1.refunds.retrieve(refund_id))
        )

    def refunds_of(self, money_id: str) -> list[gateway.RefundAnswer]:
        """Return every refund of a payment's money, including those made in the Dashboard."""
        params: Any = {"payment_intent": money_id, "limit": stripe_calls.PAGE}
        found = list(stripe_calls.listed(lambda: self._client.v1.refunds.list(params)))
        return [stripe_calls.refund(each) for each in reversed(found)]

    def verify_message(self, raw: bytes, headers: Mapping[str, str]) -> gateway.ProcessorMessage:
        """Check the signature over the raw bytes, their age in both directions, and the mode."""
        signature = headers.get(SIGNATURE, "")
        try:
            event = self._verified(raw, signature)
            refuse_future(signature)
            live, message = event.livemode, _message(event)
        except (AttributeError, KeyError, TypeError) as error:
            raise gateway.BadSignature("signed, but no message") from error
        if live != self.live:
            raise gateway.BadSignature("a message of the other mode (test or live)")
        return message

    def _verified(self, raw: bytes, signature: str) -> stripe.Event:
        problem: Exception | None = None
        for secret in self._webhook_secrets:  # two, while a secret is being replaced
            try:
                event: stripe.Event = stripe.Webhook.construct_event(raw, signature, secret)
            except (ValueError, stripe.SignatureVerificationError) as error:
                problem = error
            else:
                return event
        raise gateway.BadSignature(type(problem).__name__) from problem


def refuse_future(signature: str) -> None:
    """Raise BadSignature for a time stamp in the future, which the library lets pass."""
    stamps = [part[2:] for part in signature.split(",") if part.startswith("t=")]
    latest = (clock.now() + TOLERANCE).timestamp()
    if not stamps or int(stamps[0]) > latest:
        raise gateway.BadSignature("the time stamp is in the future")


def _message(event: stripe.Event) -> gateway.ProcessorMessage:
    return stripe_calls.message(event.to_dict())


def session_params(order: gateway.Order) -> Any:
    """Return what we tell Stripe about an order: no child's name, school or need."""
    params: dict[str, Any] = {
        "mode": "payment",
        "line_items": [_line_item(line) for line in order.lines],
        "client_reference_id": order.reference,
        "metadata": {"payment": order.reference},
        # A session's metadata is not copied to the payment; without this a charge says nothing.
        "payment_intent_data": {"metadata": {"payment": order.reference}},
        "success_url": order.success_url,
        "cancel_url": order.cancel_url,
        "expires_at": int(order.expires_at.timestamp()),
        "submit_type": order.button.value,
        "locale": "en-GB",
        "adaptive_pricing": {"enabled": False},
    }
    if order.email:
        params["customer_email"] = order.email
    if order.note:
        params["custom_text"] = {"submit": {"message": order.note}}
    return params


def _line_item(line: gateway.OrderLine) -> dict[str, Any]:
    price = {
        "currency": gateway.CURRENCY,
        "unit_amount": line.pence,
        "product_data": {"name": line.label},
    }
    return {"quantity": 1, "price_data": price}


def refund_params(order: gateway.RefundOrder) -> Any:
    """Return what we tell Stripe about a refund."""
    return {
        "payment_intent": order.money_id,
        "amount": order.amount_pence,
        "reason": "requested_by_customer",
        "metadata": {"refund": order.reference},
    }


def _session(found: dict[str, Any]) -> gateway.Session:
    intent = found.get("payment_intent")
    money: dict[str, Any] = intent if isinstance(intent, dict) else {}
    return gateway.Session(
        id=found["id"],
        url=found.get("url") or "",
        state=_state(found, money),
        amount_pence=found.get("amount_total") or 0,
        currency=found.get("currency") or "",
        reference=found.get("client_reference_id") or "",
        noted_reference=(found.get("metadata") or {}).get("payment", ""),
        live=found["livemode"],
        money_id=intent if isinstance(intent, str) else money.get("id", ""),
        card_fee_pence=_card_fee(money),
        declined=bool(money.get("last_payment_error")) and found["payment_status"] != "paid",
    )


def _state(found: dict[str, Any], money: dict[str, Any]) -> gateway.SessionState:
    # "complete" alone is not "paid": delayed methods complete first and settle days later.
    if found["payment_status"] == "paid":
        return gateway.SessionState.PAID
    if found.get("status") == "expired":
        return gateway.SessionState.EXPIRED
    if found.get("status") == "open":
        return gateway.SessionState.OPEN
    if money.get("status") in FAILED_INTENTS:
        return gateway.SessionState.FAILED
    return gateway.SessionState.WAITING


def _card_fee(money: dict[str, Any]) -> int | None:
    """Return what Stripe keeps, from the balance transaction, which may follow later."""
    charge = money.get("latest_charge")
    transaction = charge.get("balance_transaction") if isinstance(charge, dict) else None
    return transaction["fee"] if isinstance(transaction, dict) else None
