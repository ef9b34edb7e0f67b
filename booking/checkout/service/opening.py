"""A parent goes to the bank: our row first and committed, then the bank, then its answer."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from booking import clock
from booking.checkout import queries
from booking.checkout.service import funding, locks, orders, settling
from booking.db import db, retrying, transaction
from booking.domain.booking_states import State
from booking.domain.charging import FeeKind
from booking.domain.permissions import PARENT
from booking.events.models import EventState
from booking.payments import gateway
from booking.payments import queries as payments
from booking.payments import service as paying
from booking.payments.models import Payment
from booking.places.models import Booking
from booking.pupils.models import Parent

#: A page that closes within this time is not offered again.
SOON = timedelta(minutes=5)
#: How often one click asks the bank, under new keys.
TRIES = 2


class NotPayable(ValueError):
    """Nothing is to be paid here now."""


class AlreadyPaid(ValueError):
    """The money has arrived: a second payment would only have to go back."""


@dataclass(frozen=True)
class Purchase:
    """A parent's wish to pay; the amount is ours for a charge, the parent's for a contribution."""

    booking_id: int
    parent_id: int
    #: None for a charge: what it still asks for.
    amount_pence: int | None


@dataclass(frozen=True)
class BankPage:
    """The bank's page, and our reference of the payment: the bank sends people back with it."""

    url: str
    reference: str


def begin(*, booking_id: int, parent_id: int, amount_pence: int | None) -> BankPage:
    """Return the bank's page for this payment: the open one, or a new one.

    Raises NotPayable, AlreadyPaid, the amount's refusals of payments.service, and what the
    gateway raises: then nothing was taken, and the parent may try again.
    """
    wish = Purchase(booking_id, parent_id, amount_pence)
    _clear_the_way(wish)
    for last in range(TRIES, 0, -1):
        payment_id, url, order = retrying(lambda: _prepare(wish))
        if url:
            return BankPage(url, order.reference)
        try:
            session = gateway.current().open_session(order)
        except gateway.KeyUsedDifferently:
            _number_next_attempt(payment_id)
            if last == 1:
                raise
        except gateway.GatewayUnavailable as error:
            if error.answered:
                _number_next_attempt(payment_id)
            raise
        else:
            return BankPage(_keep(payment_id, session), order.reference)
    raise AssertionError("unreachable")


def _clear_the_way(wish: Purchase) -> None:
    """Learn how earlier pages ended, and close those that this payment replaces.

    Two parents may both contribute; of a charge there is one page at a time.
    """
    wanted = wish.amount_pence
    if wanted is None:
        wanted = funding.amount_due(queries.booking_with_event(wish.booking_id))
    concerned = [
        (payment.session_id, payment.amount_pence, payment.parent_id == wish.parent_id)
        for payment in queries.open_payments(wish.booking_id)
        if payment.session_id is not None
        and (payment.parent_id == wish.parent_id or wish.amount_pence is None)
    ]
    for session_id, amount, own in concerned:
        outcome = settling.settle(session_id)
        if outcome is settling.Outcome.WAITING:
            raise AlreadyPaid("A payment is on its way. There is no need to pay again.")
        if outcome is settling.Outcome.OPEN and not (own and amount == wanted):
            _close(session_id)


def _close(session_id: str) -> None:
    # One that is no longer open was paid or ran out this moment: settling finds out which.
    with suppress(gateway.SessionNotOpen):
        gateway.current().expire(session_id)
    settling.settle(session_id)


def _prepare(wish: Purchase) -> tuple[int, str, gateway.Order]:
    """Lock, check, and write the payment or find the one that is open."""
    with transaction():
        now = clock.now()
        booking = locks.booking(wish.booking_id)
        amount = _amount(booking, wish)
        parent = db.session.get_one(Parent, wish.parent_id)
        ends_at = booking.reply_by_at if booking.state is State.INVITED else None
        payment = _reusable(booking, wish, amount)
        if payment is None:
            payment = paying.open_payment(
                actor=PARENT, now=now, booking_id=booking.id, event_id=booking.event_id,
                school_id=booking.school_id, parent_id=parent.id, amount_pence=amount,
                ends_at=ends_at,
            )  # fmt: skip
        elif payment.session_id is None and _runs_out(payment, now + paying.SHORTEST):
            paying.next_attempt(payment=payment, now=now, ends_at=ends_at)
        db.session.flush()
        order = orders.order(payment, booking=booking, parent=parent)
        return payment.id, payment.session_url, order


def _amount(booking: Booking, wish: Purchase) -> int:
    """Return what is to be paid, by our own books. Raises NotPayable, AlreadyPaid."""
    event = booking.event
    if event.state is not EventState.PUBLISHED:
        raise NotPayable("This event no longer takes payments.")
    if event.fee_kind is FeeKind.VOLUNTARY_CONTRIBUTION and wish.amount_pence is not None:
        if booking.state not in {State.CONFIRMED, State.ATTENDED, State.ABSENT}:
            raise NotPayable("Please send your answers first.")
        if _has_given(booking, wish.parent_id):
            raise AlreadyPaid("You have contributed already. Thank you.")
        return wish.amount_pence
    if event.fee_kind is not FeeKind.CHARGE or wish.amount_pence is not None:
        raise NotPayable("Nothing is to be paid here.")
    amount = funding.amount_due(booking)
    if not amount:
        raise AlreadyPaid("Nothing more is to be paid.")
    if booking.state is not State.INVITED or not queries.reply(booking).complete:
        raise NotPayable("Please send your answers first.")
    return amount


def _has_given(booking: Booking, parent_id: int) -> bool:
    return any(p.parent_id == parent_id for p in queries.held_payments(booking.id))


def _reusable(booking: Booking, wish: Purchase, amount: int) -> Payment | None:
    for payment in queries.open_payments(booking.id):
        same = payment.parent_id == wish.parent_id and payment.amount_pence == amount
        if same and not (payment.session_id and _runs_out(payment, clock.now() + SOON)):
            return payments.locked(payment.id)
    return None


def _runs_out(payment: Payment, by: datetime) -> bool:
    return payment.session_expires_at is not None and payment.session_expires_at < by


def _number_next_attempt(payment_id: int) -> None:
    with transaction():
        held = locks.payment(payment_id)
        if held.payment.session_id is None:
            paying.next_attempt(
                payment=held.payment, now=clock.now(), ends_at=held.booking.reply_by_at
            )


def _keep(payment_id: int, session: gateway.Session) -> str:
    with transaction():
        held = locks.payment(payment_id)
        # Two clicks at once asked under one key and were told of one and the same page.
        paying.record_session(payment=held.payment, session=session)
        return session.url
