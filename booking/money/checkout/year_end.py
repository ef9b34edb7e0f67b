"""What checkout adds to the year-end check list: payments and refunds still in progress."""

from datetime import date, datetime, time

from sqlalchemy import func, select

from booking.domain import english
from booking.domain.payment_states import PaymentState, RefundState
from booking.foundation.clock import LONDON
from booking.foundation.db import db
from booking.foundation.web import addresses
from booking.money.fund import ports as fund_ports
from booking.money.fund.ports import Point
from booking.money.payments.models import Payment, Refund

#: Refunds that the processor has not completed yet.
UNDER_WAY = (RefundState.REQUESTED, RefundState.PENDING)


def points(_first_on: date, last_on: date) -> list[Point]:
    """Return the points for a year that ends on this day; four queries."""
    until = datetime.combine(last_on, time.max, tzinfo=LONDON)
    opened = _payments(PaymentState.OPENED, until)
    parked = _payments(PaymentState.TO_EXPLAIN, until)
    refunds = _count(Refund.state.in_(UNDER_WAY), Refund.requested_at <= until)
    cards = fund_ports.has_card_money()
    every_refund = Point(
        "Every refund has been paid",
        _problem(refunds, "refund", "in progress"),
        addresses.FUND_REFUNDS() if cards else addresses.FUND_TRANSFERS(),
    )
    if not cards:
        return [every_refund]
    return [
        Point(
            "Every payment is settled",
            _problem(opened, "payment", "open at the card processor"),
            addresses.FUND_PAYOUTS(),
        ),
        Point(
            "No payment is parked",
            _problem(parked, "payment", "to be explained"),
            addresses.FUND_TO_EXPLAIN(),
        ),
        every_refund,
    ]


def _payments(state: PaymentState, until: datetime) -> int:
    return _count(Payment.state == state, Payment.opened_at <= until)


def _count(*conditions: object) -> int:
    return db.session.scalar(select(func.count()).where(*conditions)) or 0  # type: ignore[arg-type]


def _problem(count: int, thing: str, still: str) -> str:
    words = english.plural(count, f"{thing} is", f"{thing}s are")
    return f"{words} {still}." if count else ""
