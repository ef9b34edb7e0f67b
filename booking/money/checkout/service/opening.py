"""A parent goes to pay by card: our row is committed first, then the processor is asked."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.days.events.models import EventState
from booking.days.places import locks as place_locks
from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.permissions import PARENT
from booking.foundation import clock
from booking.foundation.db import db, retrying, transaction
from booking.money.checkout import locks
from booking.money.checkout.details import Basket, PaymentWish
from booking.money.checkout.queries import replies
from booking.money.checkout.service import funding, orders, settling
from booking.money.payments import gateway
from booking.money.payments import locks as payment_locks
from booking.money.payments import service as payments
from booking.money.payments.models import Payment
from booking.people.pupils.models import Parent

#: A page that will close within this time is not offered again.
SOON = timedelta(minutes=5)
#: How many times one click may ask the processor, under new keys.
TRIES = 2


class NotPayable(ValueError):
    """There is nothing to pay here now."""


class AlreadyPaid(ValueError):
    """The money has arrived, so a second payment would only have to go back."""


class OnItsWay(AlreadyPaid):
    """A payment was made but has not arrived yet; `reference` is our reference for it."""

    def __init__(self, reference: str) -> None:
        self.reference = reference
        super().__init__("A payment is on its way. There is no need to pay again.")


@dataclass(frozen=True)
class PaymentPage:
    """The card payment page, and our reference for the payment, with which people come back."""

    url: str
    reference: str


def begin(*, parent_id: int, wishes: Sequence[PaymentWish]) -> PaymentPage:
    """Return the card payment page for what a parent wants to pay: the open one, or a new one.

    Raises NotPayable, AlreadyPaid, payments.service's refusals of an amount, and what the
    gateway raises: then nothing was taken, and the parent may try again.
    """
    if not gateway.takes_cards():
        raise NotPayable("This cannot be paid here. The page says how it can be paid.")
    basket = Basket(parent_id, tuple(sorted(wishes, key=lambda wish: wish.booking_id)))
    _clear_the_way(basket)
    for last in range(TRIES, 0, -1):
        payment_id, url, order = retrying(lambda: _prepare(basket))
        if url:
            return PaymentPage(url, order.reference)
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
            return PaymentPage(_keep(payment_id, session), order.reference)
    raise AssertionError("unreachable")


def _clear_the_way(basket: Basket) -> None:
    """Find out how earlier pages ended, and close those that this payment replaces."""
    amounts = {
        wish.booking_id: funding.amount_due(replies.booking_with_event(wish.booking_id))
        if wish.amount_pence is None
        else wish.amount_pence
        for wish in basket.wishes
    }
    concerned = [
        (payment.session_id, payment.public_id, basket.is_of(payment, amounts))
        for payment in replies.open_payments(basket.booking_ids)
        if payment.session_id is not None and basket.concerns(payment)
    ]
    for session_id, reference, same in concerned:
        outcome = settling.settle(session_id)
        if outcome is settling.SettlementOutcome.WAITING:
            raise OnItsWay(reference)
        if outcome is settling.SettlementOutcome.OPEN and not same:
            _close(session_id)


def _close(session_id: str) -> None:
    # One that is no longer open has just been paid or has expired: settling finds out which.
    with suppress(gateway.SessionNotOpen):
        gateway.current().expire(session_id)
    settling.settle(session_id)


def _prepare(basket: Basket) -> tuple[int, str, gateway.Order]:
    """Lock, check, and write the payment, or find the open one."""
    with transaction():
        now = clock.now()
        held = place_locks.bookings_at_events(basket.booking_ids)
        _require_own(basket)
        amounts = {
            wish.booking_id: _amount(held[wish.booking_id], basket.parent_id, wish.amount_pence)
            for wish in basket.wishes
        }
        parent = db.session.get_one(Parent, basket.parent_id)
        payment = _reusable(basket, amounts)
        if payment is None:
            payment = payments.open_payment(
                actor=PARENT,
                now=now,
                school_id=parent.school_id,
                parent_id=parent.id,
                items=[
                    payments.PaymentItem(key, held[key].event_id, amounts[key]) for key in amounts
                ],
                ends_at=_ends_at(held.values()),
            )
        elif payment.session_id is None and _runs_out(payment, now + payments.SHORTEST):
            payments.next_attempt(payment=payment, now=now, ends_at=_ends_at(held.values()))
        db.session.flush()
        events = {booking.event_id: booking.event for booking in held.values()}
        order = orders.order(payment, events=events, parent=parent)
        return payment.id, payment.session_url, order


def _require_own(basket: Basket) -> None:
    """Raise NotPayable for another family's booking, to which this parent has no link."""
    if set(basket.booking_ids) - replies.linked(basket.parent_id, basket.booking_ids):
        raise NotPayable("Please pay for this through the link that we sent you for it.")


def _ends_at(bookings: Iterable[Booking]) -> datetime | None:
    """Return when the first place stops waiting for its money."""
    waiting = [b.reply_by_at for b in bookings if b.state is BookingState.INVITED and b.reply_by_at]
    return min(waiting, default=None)


def _amount(booking: Booking, parent_id: int, amount_pence: int | None) -> int:
    """Return what there is to pay, from our own books. Raises NotPayable, AlreadyPaid."""
    event = booking.event
    if event.state is not EventState.PUBLISHED:
        raise NotPayable("This event no longer takes payments.")
    if event.fee_kind is FeeKind.VOLUNTARY_CONTRIBUTION and amount_pence is not None:
        if booking.state not in {
            BookingState.CONFIRMED,
            BookingState.ATTENDED,
            BookingState.ABSENT,
        }:
            raise NotPayable("Please send your answers first.")
        if _has_given(booking, parent_id):
            raise AlreadyPaid("You have already contributed. Thank you.")
        return amount_pence
    if event.fee_kind is not FeeKind.CHARGE or amount_pence is not None:
        raise NotPayable("There is nothing to pay here.")
    amount = funding.amount_due(booking)
    if not amount:
        raise AlreadyPaid("There is nothing more to pay.")
    if booking.state is not BookingState.INVITED or not replies.reply(booking).complete:
        raise NotPayable("Please send your answers first.")
    return amount


def _has_given(booking: Booking, parent_id: int) -> bool:
    lines = replies.held_lines(booking.id)
    return any(
        line.payment.parent_id == parent_id and payments.left_of_line(line) for line in lines
    )


def _reusable(basket: Basket, amounts: Mapping[int, int]) -> Payment | None:
    for payment in replies.open_payments(basket.booking_ids):
        same = basket.is_of(payment, amounts)
        if same and not (payment.session_id and _runs_out(payment, clock.now() + SOON)):
            return payment_locks.payment(payment.id)
    return None


def _runs_out(payment: Payment, by: datetime) -> bool:
    return payment.session_expires_at is not None and payment.session_expires_at < by


def _number_next_attempt(payment_id: int) -> None:
    with transaction():
        held = locks.payment(payment_id)
        if held.payment.session_id is None:
            ends_at = _ends_at(each.booking for each in held.lines)
            payments.next_attempt(payment=held.payment, now=clock.now(), ends_at=ends_at)


def _keep(payment_id: int, session: gateway.Session) -> str:
    with transaction():
        held = locks.payment(payment_id)
        # Two clicks at once asked under one key and were given the same page.
        payments.record_session(payment=held.payment, session=session)
        return session.url
