"""Warn hosts whose event has too few pupils, and let them go ahead anyway."""

from datetime import datetime

from booking.days.events import locks as event_locks
from booking.days.events import service as events
from booking.days.events.models import Event
from booking.days.minimum import mail, queries
from booking.days.minimum.refusals import NothingToDecide
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person

#: How many events are looked after in one transaction.
EVENTS_PER_SWEEP = 20


def warn_hosts(now: datetime) -> int:
    """Write once to each host of an event with too few pupils; return how many mails there are."""
    unsent = [found.event.id for found in queries.to_decide(now=now) if _unwarned(found)]
    if not unsent:
        return 0
    locked = event_locks.events(unsent[:EVENTS_PER_SWEEP])
    count = 0
    for found in queries.to_decide(now=now, event_ids=[event.id for event in locked]):
        for person in _unwarned(found):
            mail.warn(found, person, now=now)
            count += 1
    return count


def go_ahead(*, actor: Actor, now: datetime, event: Event) -> None:
    """Decide that an event runs with fewer pupils than its minimum; twice changes nothing.

    Raises NotPublished, NothingToDecide.
    """
    event = events.locked_published(event)
    if event.goes_ahead_at is not None:
        return
    found = queries.of_event(event, now=now)
    if found is None:
        raise NothingToDecide(f"There is nothing to decide about {event.title} now.")
    event.goes_ahead_at = event.modified_at = now
    audit.record(
        actor=actor,
        action="go_ahead",
        subject=event,
        school_id=event.host_school_id,
        now=now,
        pupils=found.pupils,
        minimum=event.min_pupils,
    )


def _unwarned(found: queries.TooFew) -> list[Person]:
    hosts = school_queries.hosts(found.event.host_school_id)
    sent = queries.sent([mail.key(found.event, person) for person in hosts])
    return [person for person in hosts if mail.key(found.event, person) not in sent]
