"""Reads before somebody is erased: what is in the way, what goes, and names that were typed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload

from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.days.leading.models import Leading, PupilLeader
from booking.days.places import ports as place_ports
from booking.days.places.models import Booking
from booking.domain import names, terms
from booking.domain.booking_states import LIVE
from booking.domain.payment_states import HELD, PaymentState, RefundState
from booking.foundation import holdings
from booking.foundation.db import db
from booking.money.checkout.queries import refunds
from booking.money.payments.models import Dispute, Method, Payment, PaymentLine, Refund
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.on_the_day.walk_ins.models import WalkIn
from booking.people.pupils.models import Parent, Pupil
from booking.people.schools.models import RoleGrant
from booking.rights.subjects.details import TypedName
from booking.rights.subjects.refusals import (
    EventBegun,
    HandBackFirst,
    IncidentIsOpen,
    KeptForClaim,
    MoneyOnItsWay,
    NotErased,
    StillTravels,
)

_OPEN_PAYMENTS = (PaymentState.OPENED, PaymentState.TO_EXPLAIN)
_OPEN_REFUNDS = (RefundState.REQUESTED, RefundState.PENDING)


def in_the_way(pupil: Pupil, now: datetime) -> list[NotErased]:
    """Return why a pupil cannot be erased now; empty if nothing is in the way."""
    bookings = select(Booking.id).where(Booking.pupil_id == pupil.id)
    reasons: list[NotErased] = [
        EventBegun(booking.event.title)
        for booking in db.session.scalars(
            select(Booking).where(Booking.pupil_id == pupil.id, Booking.state.in_(LIVE))
        )
        if not event_states.is_live(booking.event, now)
        and not event_states.is_over(booking.event, now)
    ]
    if _is_claimed(Pupil, [pupil.id]):
        reasons.append(KeptForClaim())
    if db.session.scalar(select(Booking.id).where(Booking.id.in_(bookings), place_ports.held())):
        reasons.append(IncidentIsOpen())
    lines = select(PaymentLine.payment_id).where(PaymentLine.booking_id.in_(bookings))
    waiting = (
        select(Payment.id).where(Payment.id.in_(lines), Payment.state.in_(_OPEN_PAYMENTS)),
        select(Refund.id).where(Refund.payment_id.in_(lines), Refund.state.in_(_OPEN_REFUNDS)),
        select(Dispute.id).where(Dispute.payment_id.in_(lines), Dispute.closed_at.is_(None)),
    )
    failed = refunds.failed_refunds().where(Refund.payment_id.in_(lines)).limit(1)
    if any(db.session.scalar(one.limit(1)) is not None for one in (*waiting, failed)):
        reasons.append(MoneyOnItsWay())
    if db.session.scalar(_handed_in(pupil, now)) is not None:
        reasons.append(HandBackFirst())
    return reasons


def _is_claimed(model: type[Pupil] | type[AccompanyingAdult], ids: Sequence[int]) -> bool:
    found = select(model.id).where(model.id.in_(ids), holdings.restricted(model, for_claim=True))
    return db.session.scalar(found.limit(1)) is not None


def _handed_in(pupil: Pupil, now: datetime) -> Select[int]:
    """Select money for a coming place that only a person can hand back: no card takes it."""
    coming_places = [booking.id for booking in coming(pupil, now)]
    return (
        select(PaymentLine.id)
        .join(Payment, Payment.id == PaymentLine.payment_id)
        .where(
            PaymentLine.booking_id.in_(coming_places),
            PaymentLine.refunded_pence < PaymentLine.amount_pence,
            Payment.method != Method.CARD,
            Payment.state.in_(HELD),
        )
        .limit(1)
    )


def mail_about(pupil: Pupil) -> list[str]:
    """Return what mail about a pupil's places says it is about."""
    found = select(Booking.id).where(Booking.pupil_id == pupil.id)
    return [f"booking:{booking_id}" for booking_id in db.session.scalars(found)]


def coming(pupil: Pupil, now: datetime) -> list[Booking]:
    """Return the places, and the waits for one, that end when a pupil is erased."""
    found = db.session.scalars(
        select(Booking).where(Booking.pupil_id == pupil.id, Booking.state.in_(LIVE))
    )
    return [booking for booking in found if event_states.is_live(booking.event, now)]


def other_children(pupil: Pupil) -> list[str]:
    """Return the pupil's brothers and sisters here, whose parents stay."""
    theirs = [child for parent in pupil.parents for child in parent.pupils if child is not pupil]
    return list(dict.fromkeys(child.name for child in theirs))


def rows_of_adult(adult: AccompanyingAdult) -> list[AccompanyingAdult]:
    """Return where the same adult came along with the same school: by address or number."""
    same = AccompanyingAdult.mobile == adult.mobile
    if adult.email:
        same = same | (AccompanyingAdult.email == adult.email)
    return list(
        db.session.scalars(
            select(AccompanyingAdult).where(AccompanyingAdult.school_id == adult.school_id, same)
        )
    )


def still_travels(adult: AccompanyingAdult, now: datetime) -> list[NotErased]:
    """Return why an adult cannot be erased: events that are not over, or a legal claim."""
    rows = rows_of_adult(adult)
    events = [one.event_id for one in rows]
    titles = select(Event.title).where(Event.id.in_(events), Event.last_ends_at > now)
    claimed = [KeptForClaim()] if _is_claimed(AccompanyingAdult, [one.id for one in rows]) else []
    return [*(StillTravels(title) for title in db.session.scalars(titles)), *claimed]


def money_of(parent: Parent) -> list[NotErased]:
    """Return whether money of a parent is on its way."""
    theirs = select(Payment.id).where(Payment.parent_id == parent.id)
    waiting = (
        theirs.where(Payment.state.in_(_OPEN_PAYMENTS)),
        select(Refund.id).where(Refund.payment_id.in_(theirs), Refund.state.in_(_OPEN_REFUNDS)),
        select(Dispute.id).where(Dispute.payment_id.in_(theirs), Dispute.closed_at.is_(None)),
    )
    found = any(db.session.scalar(one.limit(1)) is not None for one in waiting)
    return [MoneyOnItsWay()] if found else []


def only_parent_of(parent: Parent) -> list[str]:
    """Return the children here who then have nobody whom mail reaches."""
    return [child.name for child in parent.pupils if len(child.parents) == 1]


def has_role(person_id: int) -> bool:
    """Return whether somebody has a role anywhere."""
    return bool(db.session.scalar(select(exists().where(RoleGrant.person_id == person_id))))


def typed(school_id: int, name: str) -> list[TypedName]:
    """Return where a school's pupil of this name was typed and leads to nobody on the list."""
    folded = names.tidy(name).casefold()
    walked = db.session.scalars(
        select(WalkIn)
        .where(WalkIn.school_id == school_id, WalkIn.folded == folded, WalkIn.pupil_id.is_(None))
        .options(joinedload(WalkIn.event))
        .order_by(WalkIn.id)
    ).all()
    # Encrypted, so that each has to be read; a school has few.
    led = db.session.execute(
        select(PupilLeader, Event)
        .join(Leading, Leading.id == PupilLeader.leading_id)
        .join(Event, Event.id == Leading.event_id)
        .where(Leading.school_id == school_id)
        .order_by(PupilLeader.id)
    ).all()
    return [
        *(
            _typed(one, one.event, f"came to “{one.event.title}” without being on the list")
            for one in walked
        ),
        *(
            _typed(one, event, f"leads “{event.title}”")
            for one, event in led
            if names.tidy(one.name).casefold() == folded
        ),
    ]


def _typed(row: WalkIn | PupilLeader, event: Event, what: str) -> TypedName:
    on = terms.london(event.first_starts_at or event.modified_at).date()
    key = f"{row.__tablename__}:{row.public_id}"
    return TypedName(key, row.name, what, on, row)
