"""Write down what went well and what to change next time."""

from datetime import datetime

from booking.days.events.models import Event
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.on_the_day.closing import locks
from booking.on_the_day.closing.models import Reflection
from booking.on_the_day.closing.refusals import NothingReflected


def reflect(
    *,
    actor: Actor,
    now: datetime,
    event: Event,
    went_well: str,
    to_change: str,
    for_colleagues: bool,
) -> Reflection:
    """Keep what a host wrote, in place of what was there. Raises NothingReflected."""
    if not (went_well.strip() or to_change.strip()):
        raise NothingReflected("Write what went well, or what to change next time.")
    found = locks.reflection(event.id)
    if found is None:
        found = Reflection(event_id=event.id)
        db.session.add(found)
    found.went_well, found.to_change = went_well.strip(), to_change.strip()
    found.for_colleagues = for_colleagues
    found.written_at, found.written_by_id = now, actor.person_id
    audit.record(
        actor=actor,
        action="reflect",
        subject=event,
        school_id=event.host_school_id,
        now=now,
        for_colleagues=for_colleagues,
    )
    return found
