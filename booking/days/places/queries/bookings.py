"""Bookings: a school's pupils at an event, the places without a name, who is expected."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, Exists, and_, exists, select
from sqlalchemy.orm import aliased, joinedload

from booking.days.events.models import Event, EventDate
from booking.days.places import ports
from booking.days.places.models import Booking, Place
from booking.domain.booking_states import EXPECTED, LIVE, SEATED, BookingState
from booking.foundation.db import db
from booking.people.pupils.models import Parent, Pupil, PupilParent
from booking.people.schools.models import School


def vacant_places(event_id: int, school_id: int) -> list[Place]:
    """Return the places that a school holds at an event without a named pupil."""
    return list(
        db.session.scalars(
            select(Place)
            .where(Place.event_id == event_id, Place.school_id == school_id, ~is_seated())
            .order_by(Place.number)
        )
    )


def is_seated() -> Exists:
    """Return the condition that a pupil has the place."""
    return exists().where(Booking.place_id == Place.id, Booking.state.in_(SEATED))


def reserves(event_id: int, school_id: int) -> list[Booking]:
    """Return a school's reserves at an event, first to last."""
    return list(
        db.session.scalars(
            select(Booking)
            .where(
                Booking.event_id == event_id,
                Booking.school_id == school_id,
                Booking.state == BookingState.RESERVE,
            )
            .options(joinedload(Booking.pupil))
            .order_by(Booking.reserve_rank, Booking.id)
        )
    )


def bookings_of(event_id: int, school_id: int) -> list[Booking]:
    """Return all of a school's bookings at an event except reserves, each with its pupil."""
    return list(
        db.session.scalars(
            select(Booking)
            .join(Booking.pupil)
            .where(
                Booking.event_id == event_id,
                Booking.school_id == school_id,
                Booking.state != BookingState.RESERVE,
            )
            .options(
                joinedload(Booking.pupil).selectinload(Pupil.parents),
                joinedload(Booking.asked_on_paper_by),
            )
            .order_by(Pupil.surname, Pupil.forename, Booking.id)
        )
    )


def is_reachable() -> Exists:
    """Return the condition that a booking's family has an e-mail address."""
    return exists().where(
        PupilParent.pupil_id == Booking.pupil_id,
        Parent.id == PupilParent.parent_id,
        Parent.email != "",
    )


def is_untold(since: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Return the condition that no mail about an invitation from before then has gone out.

    Nor has the school asked on paper instead.

    Such a place is kept for its family, however long it takes, until the event begins.
    """
    return and_(
        Booking.state == BookingState.INVITED,
        Booking.invitation_sent_at.is_(None),
        Booking.asked_on_paper_at.is_(None),
        Booking.invited_at <= since,
        is_reachable(),
        ~ports.answered(),
    )


def is_to_ask_on_paper() -> ColumnElement[bool]:
    """Return the condition that only a letter reaches a family, and nobody has given it one.

    Such a place is kept until the event begins.
    """
    return and_(
        Booking.state == BookingState.INVITED,
        Booking.invitation_sent_at.is_(None),
        Booking.asked_on_paper_at.is_(None),
        ~is_reachable(),
        ~ports.answered(),
    )


def booking_by_public_id(public_id: str) -> Booking | None:
    """Return a booking with its event and pupil, whatever its state."""
    return db.session.scalar(
        select(Booking)
        .where(Booking.public_id == public_id)
        .options(joinedload(Booking.event), joinedload(Booking.pupil), joinedload(Booking.school))
    )


def bookings_by_public_id(event_id: int, school_id: int, public_ids: Collection[str]) -> list[int]:
    """Return the ids of a school's own bookings at an event, by their public ids."""
    own = (Booking.event_id == event_id, Booking.school_id == school_id)
    found = select(Booking.id).where(*own, Booking.public_id.in_(public_ids))
    return list(db.session.scalars(found))


def expected(event_id: int) -> list[Booking]:
    """Return who is, or was, expected at an event, by school and then by name."""
    return list(
        db.session.scalars(
            select(Booking)
            .join(Booking.pupil)
            .join(Booking.school)
            .where(Booking.event_id == event_id, Booking.state.in_(EXPECTED))
            .options(joinedload(Booking.pupil), joinedload(Booking.school))
            .order_by(School.name, Pupil.surname, Pupil.forename, Booking.id)
        )
    )


def live_bookings(event_id: int) -> list[Booking]:
    """Return every booking of an event that has not ended, in id order."""
    return list(
        db.session.scalars(
            select(Booking)
            .where(Booking.event_id == event_id, Booking.state.in_(LIVE))
            .options(joinedload(Booking.pupil))
            .order_by(Booking.id)
        )
    )


def of_pupils(event_id: int, pupil_ids: Collection[int]) -> dict[int, Booking]:
    """Return the booking of each pupil at an event: the live one, otherwise the newest."""
    found: dict[int, Booking] = {}
    for booking in db.session.scalars(
        select(Booking)
        .where(Booking.event_id == event_id, Booking.pupil_id.in_(pupil_ids))
        .order_by(Booking.id)
    ):
        if booking.state in LIVE or booking.pupil_id not in found:
            found[booking.pupil_id] = booking
    return found


def elsewhere(event: Event, pupil_ids: Sequence[int]) -> dict[int, Event]:
    """Return, for pupils with a place at another event on overlapping dates, that event."""
    there, here = aliased(EventDate), aliased(EventDate)
    statement = (
        select(Booking.pupil_id, Event)
        .join(Event, Event.id == Booking.event_id)
        .join(there, there.event_id == Event.id)
        .join(here, (here.starts_at < there.ends_at) & (there.starts_at < here.ends_at))
        .where(
            Booking.pupil_id.in_(pupil_ids),
            Booking.state.in_(SEATED),
            Booking.event_id != event.id,
            here.event_id == event.id,
        )
        .order_by(Event.id)
    )
    return {pupil_id: other for pupil_id, other in db.session.execute(statement)}
