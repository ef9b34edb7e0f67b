"""Reads of cash and cheques: what a school has to take to the bank, and what it has taken."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from booking.days.places.models import Booking
from booking.domain.funds import Fund
from booking.domain.ledger import accounts
from booking.domain.payment_states import HELD
from booking.foundation.db import db
from booking.money.checkout import ledger_keys
from booking.money.checkout.models import PayIn, PayInPayment
from booking.money.fund.models import Entry, EntryLine
from booking.money.payments.models import Method, Payment, PaymentLine
from booking.people.pupils.models import Pupil

#: What is taken to the bank by hand.
BY_HAND = (Method.CASH, Method.CHEQUE)
#: How many a list holds; the rest follow once these have been banked.
LIST_MAX = 200


@dataclass(frozen=True)
class ToBank:
    """A payment in the cash box: whose it is, and how much of it is still there."""

    payment: Payment
    pupil: Pupil
    event_title: str
    #: Pence in each fund.
    held: dict[Fund, int]

    @property
    def pence(self) -> int:
        """Return the total."""
        return sum(self.held.values())


def to_bank(school_id: int) -> list[ToBank]:
    """Return what a school has to take to the bank, oldest first; five queries at most."""
    banked = exists().where(PayInPayment.payment_id == Payment.id)
    statement = (
        select(Payment)
        .join(PaymentLine, PaymentLine.payment_id == Payment.id)
        .join(Booking, Booking.id == PaymentLine.booking_id)
        .where(
            Booking.school_id == school_id,
            Payment.method.in_(BY_HAND),
            Payment.state.in_(HELD),
            ~banked,
        )
        .options(selectinload(Payment.lines), selectinload(Payment.refunds))
        .order_by(Payment.paid_at, Payment.id)
        .limit(LIST_MAX)
    )
    payments = db.session.scalars(statement).unique().all()
    cash, about = _in_cash_box(payments), _about(payments)
    return [
        ToBank(payment, *about[payment.lines[0].booking_id], cash[payment.id])
        for payment in payments
        if sum(cash[payment.id].values()) > 0
    ]


def _in_cash_box(payments: Sequence[Payment]) -> dict[int, dict[Fund, int]]:
    """Return how much of each payment the ledger has in the cash box, by fund, in pence."""
    of = {key: payment.id for payment in payments for key in _keys(payment)}
    found: dict[int, dict[Fund, int]] = {payment.id: {} for payment in payments}
    rows = db.session.execute(
        select(Entry.key, EntryLine.fund, func.sum(EntryLine.pence))
        .join(EntryLine, EntryLine.entry_id == Entry.id)
        .where(Entry.key.in_(of), EntryLine.account == accounts.CASH)
        .group_by(Entry.key, EntryLine.fund)
    )
    for key, fund, pence in rows:
        held = found[of[key]]
        held[fund] = held.get(fund, 0) + int(pence)
    return found


def _keys(payment: Payment) -> list[str]:
    found = [
        *(ledger_keys.payment_key(line) for line in payment.lines),
        *(ledger_keys.refund_key(refund) for refund in payment.refunds),
    ]
    return [*found, *(f"reversal:{key}" for key in found)]


def _about(payments: Sequence[Payment]) -> dict[int, tuple[Pupil, str]]:
    ids = [payment.lines[0].booking_id for payment in payments]
    bookings = db.session.scalars(
        select(Booking)
        .where(Booking.id.in_(ids))
        .options(joinedload(Booking.pupil), joinedload(Booking.event))
    )
    return {booking.id: (booking.pupil, booking.event.title) for booking in bookings}


def pay_in(public_id: str) -> PayIn | None:
    """Return a paying-in slip."""
    return db.session.scalar(select(PayIn).where(PayIn.public_id == public_id))


def pay_ins(school_id: int) -> Select[PayIn]:
    """Return the statement for a school's pay-ins, newest first."""
    return (
        select(PayIn)
        .where(PayIn.school_id == school_id)
        .order_by(PayIn.banked_on.desc(), PayIn.id.desc())
    )
