"""The demo card processor's back office: what happens elsewhere, at the press of a button.

Nothing here tells the booking system, which finds out by asking, as with a real processor.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from booking.domain.payment_states import RefundState
from booking.domain.processor_states import OPEN, PayoutState, RowKind
from booking.foundation.db import db
from booking.money.payments import gateway
from booking.money.payments.demo_processor import books as demo_books
from booking.money.payments.demo_processor import gateway as demo_gateway
from booking.money.payments.demo_processor import locks
from booking.money.payments.demo_processor.models import (
    DemoDispute,
    DemoMovement,
    DemoPayout,
    DemoSession,
)

#: How many rows of each kind the page shows, newest first.
SHOWN = 12


@dataclass(frozen=True)
class OfficeButton:
    """Something that the back office can do with a row."""

    label: str
    action: str
    about: str


@dataclass(frozen=True)
class OfficeRow:
    """A row of the page."""

    words: str
    pence: int
    at: datetime
    stands: str
    buttons: tuple[OfficeButton, ...]


def payments(now: datetime) -> list[OfficeRow]:
    """Return the newest payments, with what a cardholder or the processor might do."""
    found = db.session.execute(
        select(DemoSession, DemoDispute)
        .outerjoin(DemoDispute, DemoDispute.session_id == DemoSession.id)
        .where(DemoSession.pays_at.is_not(None), DemoSession.pays_at <= now)
        .order_by(DemoSession.pays_at.desc(), DemoSession.id)
        .limit(SHOWN)
    )
    return [_payment(row, dispute) for row, dispute in found]


def _payment(row: DemoSession, dispute: DemoDispute | None) -> OfficeRow:
    assert row.pays_at is not None, "it has been paid"
    buttons: tuple[OfficeButton, ...] = ()
    stands = "Paid"
    if dispute is None and sum(row.refunds.values()) < row.amount_pence:
        buttons = (
            OfficeButton("Dispute it as the cardholder", "complain", row.id),
            OfficeButton("Refund it here", "give_back", row.id),
        )
    elif dispute is None:
        stands = "Refunded"
    elif dispute.state in OPEN:
        stands = "Disputed"
        buttons = (
            OfficeButton("Decide for the network", "won", row.id),
            OfficeButton("Decide for the cardholder", "lost", row.id),
        )
    else:
        stands = f"Dispute {dispute.state.value}"
    return OfficeRow(f"Payment {row.reference}", row.amount_pence, row.pays_at, stands, buttons)


def refunds(now: datetime) -> list[OfficeRow]:
    """Return the newest refunds, which may still come back."""
    found = db.session.execute(
        select(DemoMovement, DemoSession)
        .join(DemoSession, DemoSession.id == DemoMovement.session_id)
        .where(DemoMovement.kind == RowKind.REFUND)
        .order_by(DemoMovement.made_at.desc(), DemoMovement.id)
        .limit(SHOWN)
    )
    return [_refund(movement, row, now) for movement, row in found]


def _refund(movement: DemoMovement, row: DemoSession, now: datetime) -> OfficeRow:
    key = next(k for k in row.refunds if demo_books.refund_id(row.id, k) == movement.source_id)
    state = demo_books.refund_state(row, key, now)
    words = {RefundState.PENDING: "On its way", RefundState.FAILED: "Came back"}
    out = state is not RefundState.FAILED
    buttons = (OfficeButton("Close the card, so that it comes back", "fail", movement.source_id),)
    return OfficeRow(
        f"Refund of {row.reference}",
        -movement.amount_pence,
        movement.made_at,
        words.get(state, "Paid out"),
        buttons if out else (),
    )


def payouts() -> list[OfficeRow]:
    """Return the newest payouts, which may still come back."""
    newest = select(DemoPayout).order_by(DemoPayout.created_at.desc()).limit(SHOWN)
    return [
        OfficeRow(
            f"Payout arriving {row.arrives_on:%-d %b %Y}",
            row.amount_pence,
            row.created_at,
            "Came back" if row.state is PayoutState.FAILED else "Sent",
            (OfficeButton("Make it come back", "send_back", row.id),)
            if row.state is not PayoutState.FAILED
            else (),
        )
        for row in db.session.scalars(newest)
    ]


def act(action: str, about: str, now: datetime) -> None:
    """Do what a button says, inside the caller's transaction. Raises GatewayRefused."""
    if action not in _ACTIONS:
        raise gateway.GatewayRefused("There is no such button. Open the page again.")
    _ACTIONS[action](about, now)


def _complain(session_id: str, now: datetime) -> None:
    demo_books.complain(demo_gateway.found(session_id, locked=True), now=now)


def _give_back(session_id: str, now: datetime) -> None:
    row = demo_gateway.found(session_id, locked=True)
    left = demo_books.left_pence(row)
    demo_books.give_back(row, key=f"office:{len(row.refunds)}", pence=left, now=now)


def _fail(refund_id: str, now: datetime) -> None:
    row = demo_gateway.found(demo_books.session_of_refund(refund_id), locked=True)
    keys = [key for key in row.refunds if demo_books.refund_id(row.id, key) == refund_id]
    if not keys:
        raise gateway.GatewayRefused("There is no such refund.")
    demo_books.fail_refund(row, key=keys[0], now=now)


def _decide(*, won: bool) -> Callable[[str, datetime], None]:
    def act_on(session_id: str, now: datetime) -> None:
        dispute = demo_books.dispute_of(demo_gateway.found(session_id, locked=True).id)
        if dispute is None:
            raise gateway.GatewayRefused("This payment is not disputed.")
        demo_books.decide(dispute, won=won, now=now)

    return act_on


def _pay_out(_about: str, now: datetime) -> None:
    if demo_books.pay_out(now=now) is None:
        raise gateway.GatewayRefused("There is nothing to pay out.")


def _send_back(payout_id: str, now: datetime) -> None:
    row = locks.payout(payout_id)
    if row is None:
        raise gateway.GatewayRefused("There is no such payout.")
    demo_books.send_back(row, now=now)


_ACTIONS: dict[str, Callable[[str, datetime], None]] = {
    "complain": _complain,
    "give_back": _give_back,
    "fail": _fail,
    "won": _decide(won=True),
    "lost": _decide(won=False),
    "pay_out": _pay_out,
    "send_back": _send_back,
}
