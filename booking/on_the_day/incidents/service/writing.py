"""Writing down what happened: once, changed for a few minutes, and afterwards only added to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from booking.days.events.models import Event, EventDate
from booking.days.places import locks as place_locks
from booking.days.places.models import Booking
from booking.domain import incidents
from booking.domain.booking_states import EXPECTED
from booking.domain.incidents import IncidentKind, KeptFor
from booking.domain.permissions import Actor, Role
from booking.domain.terms import london
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.on_the_day.incidents import locks, mail, queries
from booking.on_the_day.incidents.details import IncidentFacts
from booking.on_the_day.incidents.models import Incident, IncidentNote, IncidentPupil
from booking.on_the_day.incidents.refusals import (
    NotAtTheEvent,
    NothingWritten,
    NotThen,
    TooLateToChange,
    TwoSchools,
)
from booking.on_the_day.rosters import windows

#: A phone's clock may be a little ahead of ours.
AHEAD = timedelta(minutes=2)
_NEW = "Something was written down about pupils of your school"
_MORE = "Something was added to what was written down about pupils of your school"


def write(
    *,
    actor: Actor,
    now: datetime,
    event: Event,
    kind: IncidentKind,
    happened: IncidentFacts,
    booking_ids: Sequence[int] = (),
    day: EventDate | None = None,
) -> Incident:
    """Write down an incident of one school's pupils, or of nobody's, and tell that school.

    Raises NothingWritten, NotThen, NotAtTheEvent, TwoSchools.
    """
    assert actor.person_id is not None, "only people write down what happened"
    happened = _checked(happened, event, now)
    bookings = _pupils(event, booking_ids)
    day = day or windows.register_date(event.dates, happened.happened_at)
    incident = Incident(
        event_id=event.id,
        date_id=day.id,
        kind=kind,
        school_id=bookings[0].school_id if bookings else None,
        written_at=now,
        written_by_id=actor.person_id,
        keep_until=_keep_until(KeptFor.NEXT_YEAR, happened.happened_at, bookings),
        **vars(happened),
    )
    db.session.add(incident)
    db.session.flush()
    for booking in bookings:
        db.session.add(IncidentPupil(incident_id=incident.id, booking_id=booking.id))
    record(actor, now, incident, action="write_incident", pupils=len(bookings))
    if incident.school_id is not None and is_own_school(actor, incident):
        incident.opened_at, incident.opened_by_id = now, actor.person_id
    else:
        mail.tell_school(incident, event, now=now, news=_NEW, key="written")
    return incident


def change(*, actor: Actor, now: datetime, incident: Incident, happened: IncidentFacts) -> Incident:
    """Correct what one has just written, as long as nobody at the school has read it.

    Raises TooLateToChange, NothingWritten, NotThen.
    """
    incident = locks.incident(incident.id)
    if not queries.may_change(incident, actor.person_id, now=now):
        raise TooLateToChange
    happened = _checked(happened, incident.event, now)
    for field, value in vars(happened).items():
        setattr(incident, field, value)
    record(actor, now, incident, action="change_incident")
    return incident


def add(
    *, actor: Actor, now: datetime, incident: Incident, text: str, for_school_only: bool = False
) -> IncidentNote:
    """Add to an incident, open or closed; the school is told unless it was the school itself.

    Raises NothingWritten.
    """
    assert actor.person_id is not None, "only people write down what happened"
    if not text.strip():
        raise NothingWritten("Write what you want to add.")
    incident = locks.incident(incident.id)
    note = IncidentNote(
        incident_id=incident.id,
        text=text.strip(),
        for_school_only=for_school_only,
        written_at=now,
        written_by_id=actor.person_id,
    )
    db.session.add(note)
    db.session.flush()
    record(actor, now, incident, action="add_to_incident")
    if not is_own_school(actor, incident):
        incident.opened_at = incident.opened_by_id = None
        mail.tell_school(incident, incident.event, now=now, news=_MORE, key=f"note:{note.id}")
    return note


def record(actor: Actor, now: datetime, incident: Incident, *, action: str, **facts: Any) -> None:
    """Record an act on an incident: never what was written, nor what kind it is."""
    school_id = incident.school_id or incident.event.host_school_id
    audit.record(
        actor=actor,
        action=action,
        subject=incident,
        school_id=school_id,
        now=now,
        event_id=incident.event_id,
        **facts,
    )


def is_own_school(actor: Actor, incident: Incident) -> bool:
    """Return whether the actor coordinates the school whose pupils it is about."""
    return incident.school_id in actor.school_ids(Role.COORDINATOR)


def _checked(happened: IncidentFacts, event: Event, now: datetime) -> IncidentFacts:
    happened = replace(
        happened,
        **{name: getattr(happened, name).strip() for name in ("what", "place", "done", "told")},
    )
    if not happened.what:
        raise NothingWritten
    first = windows.days_of(event).first_on
    if happened.happened_at > now + AHEAD or london(happened.happened_at).date() < first:
        raise NotThen
    return happened


def _pupils(event: Event, booking_ids: Sequence[int]) -> list[Booking]:
    """Return the bookings of the pupils, locked; all of one school."""
    bookings = place_locks.bookings(sorted(set(booking_ids))) if booking_ids else []
    if any(one.event_id != event.id or one.state not in EXPECTED for one in bookings):
        raise NotAtTheEvent
    if len({booking.school_id for booking in bookings}) > 1:
        raise TwoSchools
    return bookings


def _keep_until(kept: KeptFor, at: datetime, bookings: Sequence[Booking]) -> date:
    youngest = min((booking.pupil.year_group for booking in bookings), default=None)
    return incidents.kept_until(kept, london(at).date(), youngest)
