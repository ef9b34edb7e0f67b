"""Stripe with a clock: pages expire, slow methods take days, messages wait to be delivered."""

import json
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import stripe as stripe_library

from booking.foundation import clock
from tests.features.money.payments import description, stand_in
from tests.features.money.payments.conftest import WEBHOOK_SECRET

#: The fee it keeps from every payment.
FEE = 35


@dataclass
class Simulated(stand_in.Stripe):
    """The stand-in, and what happens to its objects as time passes."""

    #: Refunds made now are pending until they are finished.
    slow_refunds: bool = False

    def forget(self) -> None:
        """Start again with nothing."""
        super().forget()
        self.slow_refunds = False

    def forget_keys(self) -> None:
        """Forget idempotency keys, as Stripe may after a day."""
        self.answered.clear()

    def pages(self, *states: str) -> list[dict[str, Any]]:
        """Return the payment pages in any of these states, oldest first."""
        return [session for session in self.sessions.values() if page_state(session) in states]

    def refunds_that_are(self, status: str) -> list[dict[str, Any]]:
        """Return the refunds in a state, oldest first."""
        return [refund for refund in self.refunds.values() if refund["status"] == status]

    def tick(self, at: datetime) -> None:
        """Let every open page expire whose time has come."""
        for session in self.pages("open"):
            if session["expires_at"] <= at.timestamp():
                session.update(status="expired", url=None)
                self.books.tell("checkout.session.expired", session)

    def finish(self, session: dict[str, Any], *, paid: bool) -> None:
        """Let a slow payment method finish, days after the parent has."""
        if paid:
            self.pay(session["id"])
            self.books.events[-1]["type"] = "checkout.session.async_payment_succeeded"
        else:
            session["_intent"]["status"] = "requires_payment_method"
            self.books.tell("checkout.session.async_payment_failed", session)

    def without_fee(self) -> list[dict[str, Any]]:
        """Return the paid pages whose fees Stripe has not reported yet."""
        return [page for page in self.pages("paid") if not _charge(page)["balance_transaction"]]

    def tell_fee(self, session: dict[str, Any]) -> None:
        """Report the fee of a payment, some time after the payment."""
        intent = session["_intent"]
        told = stand_in.payment_intent(session, status="succeeded", fee=FEE)["latest_charge"]
        intent["latest_charge"]["balance_transaction"] = told["balance_transaction"]
        self.books.tell("charge.updated", {**_charge(session), "payment_intent": intent["id"]})

    def make_refund(self, money: dict[str, Any], **params: Any) -> dict[str, Any]:
        """Give money back, at once or later."""
        made = super().make_refund(money, **params)
        if self.slow_refunds:
            made["status"] = "pending"
        return made

    def finish_refund(self, refund: dict[str, Any], *, paid: bool) -> None:
        """Let a refund arrive at the card, or come back."""
        if not paid:
            self.books.came_back(refund)
            return
        refund["status"] = "succeeded"
        self.books.tell("refund.updated", refund)

    def check_objects(self) -> None:
        """Check every object against Stripe's own description, if that is available."""
        if not description.is_there():
            return
        for session in self.sessions.values():
            shown = {key: value for key, value in session.items() if not key.startswith("_")}
            description.check_answer("checkout.session", shown)
            if intent := session.get("_intent"):
                description.check_answer("payment_intent", intent)
        for refund in self.refunds.values():
            description.check_answer("refund", refund)

    def deliver(self, client: Any, number: int) -> Any:
        """Send one of the messages, signed now; any of them, any number of times."""
        raw = json.dumps(_plain(self.books.events[number])).encode()
        header = stripe_library.WebhookSignature.generate_signature_header(
            raw.decode(), WEBHOOK_SECRET, int(clock.now().timestamp())
        )
        return client.post(
            "/webhooks/stripe", data=raw, csrf=False, headers={"Stripe-Signature": header}
        )


def _charge(session: dict[str, Any]) -> dict[str, Any]:
    return session["_intent"]["latest_charge"]


def page_state(session: dict[str, Any]) -> str:
    """Return the state of a page: open, delayed, failed, paid or expired."""
    if session["payment_status"] == "paid":
        return "paid"
    if session["status"] != "complete":
        return str(session["status"])
    failed = session["_intent"]["status"] == "requires_payment_method"
    return "failed" if failed else "delayed"


def _plain(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {key: _plain(value) for key, value in thing.items() if not key.startswith("_")}
    return thing


@contextmanager
def server():
    """Provide the simulated Stripe on a port of this machine."""
    with stand_in.Server(Simulated()) as running:
        yield running
