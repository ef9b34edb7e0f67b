"""Counting heads in and out, saying why they differ, and a host's own times."""

from datetime import datetime

from booking.days.events import locks as event_locks
from booking.days.events.models import Event, EventDate
from booking.domain import head_counts
from booking.domain.incidents import IncidentKind
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.on_the_day.incidents import queries
from booking.on_the_day.incidents.details import IncidentFacts
from booking.on_the_day.incidents.models import DayTimes, HeadCount, Incident, Way
from booking.on_the_day.incidents.refusals import AlreadyExplained, NoDifference, NothingWritten
from booking.on_the_day.incidents.service.closing import close
from booking.on_the_day.incidents.service.writing import write


def count(*, actor: Actor, now: datetime, day: EventDate, way: Way, number: int) -> HeadCount:
    """Keep how many heads somebody counted; the last count stands, and the trail has them all."""
    assert actor.person_id is not None, "only people count"
    assert number >= 0, "heads are counted upwards"
    event_locks.event(day.event_id)
    found = queries.heads(day.id).get(way)
    before = found.number if found else None
    if found is None:
        found = HeadCount(date_id=day.id, way=way, number=number, counted_by_id=actor.person_id)
        db.session.add(found)
    found.number, found.counted_at, found.counted_by_id = number, now, actor.person_id
    audit.record(
        actor=actor,
        action="count_heads",
        subject=found,
        school_id=day.event.host_school_id,
        now=now,
        event_id=day.event_id,
        date=day.number,
        way=way.value,
        number=number,
        before=before,
    )
    return found


def explain(*, actor: Actor, now: datetime, day: EventDate, why: str, is_clear: bool) -> Incident:
    """Say why a date's numbers differ; closed at once if every pupil is accounted for.

    Raises NoDifference, AlreadyExplained, NothingWritten.
    """
    if not why.strip():
        raise NothingWritten("Write what you know about the difference.")
    event_locks.event(day.event_id)
    differ = head_counts.differences(queries.numbers(day))
    if not differ:
        raise NoDifference
    if known := queries.open_explanation(day.id):
        raise AlreadyExplained(known.public_id)
    incident = write(
        actor=actor,
        now=now,
        event=day.event,
        kind=IncidentKind.COUNTS,
        happened=IncidentFacts(now, "\n".join([*differ, why.strip()])),
        day=day,
    )
    if is_clear:
        close(actor=actor, now=now, incident=incident, outcome=why)
    return incident


def set_times(
    *, actor: Actor, now: datetime, event: Event, call_after: int, police_after: int
) -> DayTimes:
    """Set when the call list begins and when 999 is rung, in minutes."""
    event_locks.event(event.id)
    times = db.session.get(DayTimes, event.id)
    if times is None:
        times = DayTimes(event_id=event.id, call_after=call_after, police_after=police_after)
        db.session.add(times)
    times.call_after, times.police_after = call_after, police_after
    audit.record(
        actor=actor,
        action="set_day_times",
        subject=event,
        school_id=event.host_school_id,
        now=now,
        call_after=call_after,
        police_after=police_after,
    )
    return times
