"""What a school has to do about money: two statements, built once, read for its home page."""

from datetime import datetime
from functools import cache

from sqlalchemy import Integer, Select, bindparam, func, select

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain import transferring
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.payment_states import SETTLED, RefundState
from booking.foundation.db import rows
from booking.money.checkout.models import Funding, Needs
from booking.money.payments.models import Method, Payment, PaymentLine, Refund

SCHOOL = bindparam("school_id", type_=Integer)


def charges_to_settle(school_id: int) -> list[tuple[str, str, int, datetime | None]]:
    """Return a school's events with charges that places are waiting for.

    Each with its slug and title, how many charges, and by when. Charges only: a voluntary
    contribution is nobody's task.
    """
    found = rows(_charges_to_settle(), school_id=school_id)
    return [(slug, title, count, soonest) for slug, title, count, soonest in found]


@cache
def _charges_to_settle() -> Select[str, str, int, datetime | None]:
    return (
        select(Event.slug, Event.title, func.count(), func.min(Booking.reply_by_at))
        .join(Booking, Booking.event_id == Event.id)
        .join(Needs, (Needs.booking_id == Booking.id) & Needs.sent_at.is_not(None))
        .join(Funding, Funding.booking_id == Booking.id)
        .where(
            Booking.school_id == SCHOOL,
            Booking.state == BookingState.INVITED,
            Event.fee_kind == FeeKind.CHARGE,
            Funding.status.not_in(SETTLED),
        )
        .group_by(Event.id)
        .order_by(Event.id)
    )


def events_with_refunds_by_hand(school_id: int) -> list[tuple[str, str]]:
    """Return slug and title of the events for which a school has to hand money back."""
    found = rows(_refunds_by_hand(), school_id=school_id)
    return [(slug, title) for slug, title in found]


@cache
def _refunds_by_hand() -> Select[str, str]:
    waiting = (
        select(PaymentLine.event_id)
        .join(Refund, Refund.line_id == PaymentLine.id)
        .join(Payment, Payment.id == PaymentLine.payment_id)
        .join(Booking, Booking.id == PaymentLine.booking_id)
        .where(
            Refund.state == RefundState.REQUESTED,
            Payment.method != Method.CARD,
            Payment.reference.not_like(f"{transferring.PREFIX} %"),
            Booking.school_id == SCHOOL,
        )
    )
    return select(Event.slug, Event.title).where(Event.id.in_(waiting)).order_by(Event.id)
