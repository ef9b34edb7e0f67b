"""Mail about an event to those who run it, and to coordinators when one is published.

Everybody is told once: the key of a mail names the event, the occasion and the person, and higher
features that mail coordinators and parents use the same keys.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from booking.domain import terms
from booking.domain.permissions import Actor
from booking.events import ical, queries, service, words
from booking.events.models import Event
from booking.notifications import service as notifications
from booking.notifications.render import absolute_url
from booking.schools import queries as schools
from booking.schools.models import Person

#: What a changed field is called in a sentence.
FIELD_NAMES = {
    "title": "the title",
    "dates": "the dates or times",
    "venue": "the venue",
    "venue_address": "the address of the venue",
    "low_year": "the year groups",
    "high_year": "the year groups",
    "fee_kind": "what is asked of parents",
    "fee_pence": "the amount asked",
}


def published_key(event: Event, person_id: int) -> str:
    """Return the key of the one mail that tells this person of the publication."""
    return f"event_published:{event.id}:person:{person_id}"


def changed_key(event: Event, who: str) -> str:
    """Return the key of the one mail that tells `who` ("person:7") of the latest change."""
    return f"event_changed:{event.id}:{event.sequence}:{who}"


def cancelled_key(event: Event, who: str) -> str:
    """Return the key of the one mail that tells `who` ("person:7") of the cancellation."""
    return f"event_cancelled:{event.id}:{who}"


def material_words(changes: Sequence[str]) -> list[str]:
    """Return what changed, in words, once each; empty when nobody has to be told."""
    material = [name for name in FIELD_NAMES if name in service.MATERIAL & set(changes)]
    return list(dict.fromkeys(FIELD_NAMES[name] for name in material))


def calendar_file(event: Event) -> notifications.Attachment:
    """Return the event as a file that a calendar opens, to go with a mail."""
    content = ical.event_calendar(event, base_url=absolute_url(""))
    return notifications.Attachment(f"{event.slug}.ics", "text/calendar; method=PUBLISH", content)


def tell_of_publication(event: Event, *, actor: Actor, now: datetime) -> None:
    """Tell the coordinators of every school that the event is for."""
    deadline = event.requests_close_at or event.naming_close_at
    for person in queries.coordinators_of_guests(event):
        notifications.queue(
            key=published_key(event, person.id),
            to=person.email,
            template="event_published",
            now=now,
            name=person.name,
            deadline=terms.deadline_text(deadline) if deadline else "",
            asks_by_request=event.requests_close_at is not None,
            **_facts(event),
        )


def tell_of_change(event: Event, *, actor: Actor, now: datetime, changes: Sequence[str]) -> None:
    """Tell the others who host for this school what changed, when it matters."""
    changed = material_words(changes)
    if not changed:
        return
    for person in _other_hosts(event, actor):
        notifications.queue(
            key=changed_key(event, f"person:{person.id}"),
            to=person.email,
            template="hosted_event_changed",
            now=now,
            name=person.name,
            changed=changed,
            **_facts(event),
        )


def tell_of_cancellation(event: Event, *, actor: Actor, now: datetime) -> None:
    """Tell the others who host for this school that the event is cancelled, and why."""
    for person in _other_hosts(event, actor):
        notifications.queue(
            key=cancelled_key(event, f"person:{person.id}"),
            to=person.email,
            template="hosted_event_cancelled",
            now=now,
            name=person.name,
            reason=event.cancelled_reason,
            **_facts(event),
        )


def _other_hosts(event: Event, actor: Actor) -> list[Person]:
    people = schools.hosts(event.host_school_id)
    return [person for person in people if person.id != actor.person_id]


def _facts(event: Event) -> dict[str, Any]:
    return {
        "title": event.title,
        "when": words.when(event),
        "venue": event.venue,
        "host": event.host_school.name,
        "years": words.years(event),
        "fee": words.fee(event),
        "action_url": absolute_url(f"/events/{event.slug}"),
        "action_label": "See the event",
    }
