"""Opening other schools' pupils at an event: with a reason, for a quarter of an hour, and told."""

from datetime import datetime

from booking.days.events import locks as event_locks
from booking.days.events.models import Event
from booking.domain import names
from booking.domain.permissions import ROLE_WORDS, Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.on_the_day.glass import mail, queries
from booking.on_the_day.glass.details import REASON_MAX, REASON_MIN
from booking.on_the_day.glass.models import GlassOpening
from booking.on_the_day.glass.refusals import GlassReasonMissing
from booking.people.schools.models import Person


def open_pupils(*, actor: Actor, now: datetime, event: Event, reason: str) -> int:
    """Open the pupils at an event for a while; return of how many schools.

    Each school is told, by mail and on its home page, and has it in its history. Opening again
    meanwhile changes nothing. Raises GlassReasonMissing.
    """
    reason = names.tidy(reason)
    if not REASON_MIN <= len(reason) <= REASON_MAX:
        raise GlassReasonMissing
    event = event_locks.event(event.id)
    if queries.open_since(event.id, actor.person_id, now=now) is not None:
        return 0
    by = db.session.get(Person, actor.person_id or 0)
    assert by is not None, "only people oversee"
    posts = sorted({ROLE_WORDS[grant.role] for grant in actor.grants if grant.school_id is None})
    schools = queries.schools_behind(event.id, actor)
    for school in schools:
        opening = GlassOpening(
            event=event, school=school, person_id=by.id, reason=reason, opened_at=now
        )
        db.session.add(opening)
        audit.record(
            actor=actor,
            action="open_pupils",
            subject=opening,
            school_id=school.id,
            now=now,
            event_id=event.id,
        )
        mail.opened(opening, by, posts, now=now)
    return len(schools)
