"""Writes at the door: who came without being on the list, in whose place, and what is known."""

from datetime import datetime
from typing import Any

from booking.days.events import locks as event_locks
from booking.days.events import states as event_states
from booking.days.events.models import Event, EventDate
from booking.days.places import locks as place_locks
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.days.places.queries import bookings
from booking.domain import names
from booking.domain.booking_states import EXPECTED, SEATED
from booking.domain.permissions import Actor
from booking.domain.registering import Arrival, Aspect
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.on_the_day.rosters import queries as roster_queries
from booking.on_the_day.rosters import service as rosters
from booking.on_the_day.rosters import windows
from booking.on_the_day.walk_ins import mail, queries, refusals
from booking.on_the_day.walk_ins.details import NAME_MAX, REASON_MAX
from booking.on_the_day.walk_ins.models import WalkIn
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School


def add(
    *,
    actor: Actor,
    now: datetime,
    event: Event,
    day: EventDate,
    school: School,
    name: str,
    instead_of: Booking | None = None,
    reason: str = "",
) -> WalkIn:
    """Write down a pupil of a school who came; the same name again changes nothing.

    A pupil who comes instead of another takes that pupil's place for the day, and that pupil is
    marked as absent. Otherwise one of the school's own places without a pupil is filled. If there
    is none, a reason is needed. Raises WalkInRefused, RegisterClosed.
    """
    name, reason = names.tidy(name), names.tidy(reason)
    if len(name.split()) < 2 or len(name) > NAME_MAX:
        raise refusals.WalkInNameMissing(NAME_MAX)
    event = event_locks.event(event.id)
    if event.state not in event_states.TAKES_PLACE or not windows.register_is_open(day, now):
        raise rosters.RegisterClosed(day, now)
    if not place_queries.held(event.id).get(school.id):
        raise refusals.SchoolDoesNotCome(school.name)
    folded = name.casefold()
    if known := queries.same(day.id, school.id, folded):
        return known
    pupil = queries.pupil_called(school.id, folded)
    place_id = _place(event, day, school, pupil, instead_of)
    if place_id is None and not 0 < len(reason) <= REASON_MAX:
        raise refusals.OverThePlaces(school.name, REASON_MAX)
    walk_in = WalkIn(
        event=event,
        date=day,
        school=school,
        name=name,
        folded=folded,
        instead_of=instead_of,
        place_id=place_id,
        reason=reason if place_id is None else None,
        pupil=pupil,
        added_at=now,
        added_by_id=actor.person_id,
    )
    db.session.add(walk_in)
    db.session.flush()
    if instead_of is not None:
        rosters.mark(
            actor=actor,
            now=now,
            day=day,
            booking=instead_of,
            aspect=Aspect.ARRIVAL,
            mark=Arrival.ABSENT_REPORTED,
        )
    _record(actor, "add_walk_in", walk_in, now, over=place_id is None, swap=instead_of is not None)
    mail.added(walk_in, now=now)
    return walk_in


def _place(
    event: Event, day: EventDate, school: School, pupil: Pupil | None, instead_of: Booking | None
) -> int | None:
    """Return which of the school's own places the pupil takes; None if it has none left."""
    own = bookings.of_pupils(event.id, [pupil.id]).get(pupil.id) if pupil else None
    if own is not None and own.state in EXPECTED:
        assert pupil is not None, "a booking has a pupil"
        raise refusals.OnTheList(pupil.name)
    if instead_of is not None:
        return _place_of(event, day, school, instead_of)
    if own is not None and own.state in SEATED:
        return own.place_id
    return next((place.id for place in queries.vacant(event.id, school.id, day.id)), None)


def _place_of(event: Event, day: EventDate, school: School, booking: Booking) -> int | None:
    """Return the place of a pupil of the same school who is not here."""
    booking = place_locks.booking(booking.id)
    who = booking.pupil.name
    ours = (booking.event_id, booking.school_id) == (event.id, school.id)
    if not ours or booking.state not in EXPECTED:
        raise refusals.NoOneToReplace(f"{who} is not expected from {school.name}.")
    mark = roster_queries.marks(day.id).get(booking.id)
    if mark is not None and mark.present:
        raise refusals.NoOneToReplace(f"{who} is here, as the register says.")
    if booking.place_id in queries.filled(day.id):
        raise refusals.NoOneToReplace(f"Somebody has come instead of {who} already.")
    return booking.place_id


def note_asked(*, actor: Actor, now: datetime, walk_in: WalkIn) -> None:
    """Record that the school was rung and asked what has to be known; not what it said."""
    walk_in = _locked(walk_in)
    if walk_in.asked_at is not None:
        return
    walk_in.asked_at, walk_in.asked_by_id = now, actor.person_id
    _record(actor, "ask_about_walk_in", walk_in, now)


def undo(*, actor: Actor, now: datetime, walk_in: WalkIn) -> None:
    """Take a walk-in back; whoever was marked as absent for it is expected again."""
    event_locks.event(walk_in.event_id)
    db.session.refresh(walk_in)
    if walk_in.undone_at is not None:
        return
    walk_in.undone_at, walk_in.undone_by_id = now, actor.person_id
    if walk_in.instead_of is not None:
        mark = roster_queries.marks(walk_in.date_id).get(walk_in.instead_of.id)
        if mark is not None and mark.arrival is Arrival.ABSENT_REPORTED:
            rosters.mark(
                actor=actor,
                now=now,
                day=walk_in.date,
                booking=walk_in.instead_of,
                aspect=Aspect.ARRIVAL,
                mark=None,
            )
    _record(actor, "undo_walk_in", walk_in, now)
    mail.undone(walk_in, now=now)


def _locked(walk_in: WalkIn) -> WalkIn:
    """Return the walk-in as it is now, under its event's lock; raise TakenBack if it was undone."""
    event_locks.event(walk_in.event_id)
    db.session.refresh(walk_in)
    if walk_in.undone_at is not None:
        raise refusals.TakenBack
    return walk_in


def _record(actor: Actor, action: str, walk_in: WalkIn, now: datetime, **facts: Any) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject=walk_in,
        school_id=walk_in.school_id,
        now=now,
        event_id=walk_in.event_id,
        **facts,
    )
