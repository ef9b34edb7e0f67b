"""What else a family has still to pay, so that one payment can cover all of it.

A private link shows, of another booking, only what another open link of the same parent already
shows: the child's first name, the event and the amount. Parents are rows of one school with one
e-mail address each, so the same row is the same reader; a pupil's other parent is another row, with
a list of their own.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from booking.days.events import words as event_words
from booking.days.events.models import Event, EventState
from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.payment_states import HELD, SETTLED, FundingStatus
from booking.foundation.db import db
from booking.money.checkout.details import PaymentWish
from booking.money.checkout.models import Funding
from booking.money.checkout.queries import replies
from booking.money.payments.models import Payment, PaymentLine
from booking.people.pupils.models import ParentLink, PupilParent

#: No family has more than this to pay for at once.
MOST = 12


@dataclass(frozen=True)
class DueItem:
    """Something that a family has still to pay."""

    booking: Booking
    #: What is still to pay of a charge; the suggested amount of a contribution.
    amount_pence: int

    @property
    def key(self) -> str:
        """Return the form's key for it."""
        return self.booking.public_id

    @property
    def voluntary(self) -> bool:
        """Whether it is a contribution, which is never ticked in advance."""
        return self.booking.event.fee_kind is FeeKind.VOLUNTARY_CONTRIBUTION

    @property
    def label(self) -> str:
        """Return the words for it, as the family knows it."""
        return f"{self.booking.pupil.forename}: {self.booking.event.title}"

    @property
    def note(self) -> str:
        """Return when it is, and where the money goes."""
        event = self.booking.event
        return f"{event_words.when(event)}. {event_words.breakdown_sentence(event)}"

    @property
    def wish(self) -> PaymentWish:
        """Return what to ask the processor for; the amount of a charge never comes from a page."""
        return PaymentWish(self.booking.id, self.amount_pence if self.voluntary else None)


def payable(parent_id: int, now: datetime) -> list[DueItem]:
    """Return everything this parent's open links currently ask money for, soonest event first."""
    rows = db.session.execute(
        select(Booking, Funding.asked_pence - _held())
        .join(Booking.event)
        .join(Funding, Funding.booking_id == Booking.id)
        .where(
            _opened_by(parent_id, now),
            Event.state == EventState.PUBLISHED,
            or_(_charge_waits(), _contribution_waits()),
        )
        .options(
            joinedload(Booking.pupil),
            contains_eager(Booking.event).selectinload(Event.dates),
            contains_eager(Booking.event).selectinload(Event.fee_parts),
        )
        .order_by(Event.first_starts_at, Event.id, Booking.id)
        .limit(MOST)
    )
    return [DueItem(booking, pence) for booking, pence in rows if pence > 0]


def _opened_by(parent_id: int, now: datetime) -> ColumnElement[bool]:
    linked = exists().where(
        ParentLink.booking_id == Booking.id,
        ParentLink.parent_id == parent_id,
        ParentLink.revoked_at.is_(None),
        ParentLink.expires_at > now,
    )
    # If a school removes a parent from a pupil's record, that counts here too.
    still = exists().where(
        PupilParent.pupil_id == Booking.pupil_id, PupilParent.parent_id == parent_id
    )
    return and_(linked, still)


def _held() -> ColumnElement[int]:
    return (
        select(func.coalesce(func.sum(PaymentLine.amount_pence - PaymentLine.refunded_pence), 0))
        .join(Payment, Payment.id == PaymentLine.payment_id)
        .where(PaymentLine.booking_id == Booking.id, Payment.state.in_(HELD))
        .correlate(Booking)
        .scalar_subquery()
    )


def _charge_waits() -> ColumnElement[bool]:
    return and_(
        Event.fee_kind == FeeKind.CHARGE,
        Booking.state == BookingState.INVITED,
        replies.has_answered(),
        Funding.status.not_in(SETTLED),
    )


def _contribution_waits() -> ColumnElement[bool]:
    # Asked and not answered: a family that said "not this time" is not asked again here.
    return and_(
        Event.fee_kind == FeeKind.VOLUNTARY_CONTRIBUTION,
        Booking.state == BookingState.CONFIRMED,
        Funding.status == FundingStatus.REQUESTED,
    )
