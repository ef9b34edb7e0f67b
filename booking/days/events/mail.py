"""Mail about an event to the people who run it, and to coordinators when one is published.

Everybody is told once: a mail's key names the event, the occasion and the person, and higher
features that mail coordinators and parents use the same keys.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from booking.days.events import ical, labels, ports, queries, words
from booking.days.events.details import MATERIAL, URGENT
from booking.days.events.models import Event
from booking.domain import terms
from booking.domain.permissions import Actor
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url, base_url
from booking.foundation.web import addresses
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person


def about(event: Event) -> str:
    """Return what mail to the people of schools about an event is about, as the outbox knows it."""
    return f"event:{event.id}"


def answers_to(event: Event) -> str:
    """Return whom a coordinator's question about an event reaches: its contact at the host school.

    If nobody there has the contact's name, the first of its hosts, or of its coordinators.
    """
    people = school_queries.hosts(event.host_school_id)
    people = people or school_queries.coordinators(event.host_school_id)
    named = [person for person in people if person.name == event.contact_name]
    return school_queries.mailbox_of([*named, *people])


def published_key(event: Event, person_id: int) -> str:
    """Return the key of the one mail that tells this person about the publication."""
    return f"event_published:{event.id}:person:{person_id}"


def changed_key(event: Event, who: str) -> str:
    """Return the key of the one mail that tells `who` ("person:7") about the latest change."""
    return f"event_changed:{event.id}:{event.sequence}:{who}"


def cancelled_key(event: Event, who: str) -> str:
    """Return the key of the one mail that tells `who` ("person:7") about the cancellation."""
    return f"event_cancelled:{event.id}:{who}"


def material_words(changes: Sequence[str], *, urgent: bool = False) -> list[str]:
    """Return what changed, in words, once each; empty if nobody needs to be told."""
    told = MATERIAL | (URGENT if urgent else frozenset())
    changed = (name for name in labels.TABLE if name in told & set(changes))
    return list(dict.fromkeys(map(labels.in_sentence, changed)))


def calendar_file(event: Event) -> notifications.Attachment:
    """Return the event as a file that a calendar opens, to go with a mail."""
    return calendar_attachment(f"{event.slug}.ics", ical.event_calendar(event, base_url=base_url()))


def calendar_attachment(name: str, content: bytes) -> notifications.Attachment:
    """Return an iCalendar file (METHOD PUBLISH) to go with a mail."""
    return notifications.Attachment(name, "text/calendar; method=PUBLISH", content)


def tell_of_publication(event: Event, *, actor: Actor, now: datetime) -> None:
    """Tell the coordinators of every school that the event is for."""
    if ports.keeps_to_itself(event):
        return
    deadline = event.requests_close_at or event.naming_close_at
    facts = _facts(event)
    for person in queries.coordinators_of_guests(event):
        notifications.queue(
            key=published_key(event, person.id),
            to=person.email,
            template="event_published",
            now=now,
            about=about(event),
            keep_until=event.first_starts_at,
            name=person.name,
            deadline=terms.in_sentence(deadline) if deadline else "",
            asks_by_request=event.requests_close_at is not None,
            **facts,
        )


def tell_of_change(
    event: Event,
    *,
    actor: Actor,
    now: datetime,
    changes: Sequence[str],
    urgent: bool = False,
    **_facts: object,
) -> None:
    """Tell the others who run this event what changed, when it matters."""
    if changed := material_words(changes, urgent=urgent):
        key, template = partial(changed_key, event), "hosted_event_changed"
        _tell_team(event, actor, key, template, now=now, changed=changed)


def tell_of_cancellation(event: Event, *, actor: Actor, now: datetime) -> None:
    """Tell the others who run this event that it has been cancelled, and why."""
    key, template = partial(cancelled_key, event), "hosted_event_cancelled"
    _tell_team(event, actor, key, template, now=now, reason=event.cancelled_reason)


def keys_of_cancellation(event: Event, actor: Actor) -> frozenset[str]:
    """Return the keys of the mails that the people who run an event would get about its end."""
    return frozenset(
        cancelled_key(event, f"person:{person.id}") for person, _ in _team(event, actor)
    )


def _tell_team(
    event: Event,
    actor: Actor,
    key: Callable[[str], str],
    template: str,
    *,
    now: datetime,
    **words_: Any,
) -> None:
    """Write to the host's people and to the day staff, once each, with a calendar file."""
    facts = {**_facts(event), **words_, "attachment": calendar_file(event)}
    for person, on_the_day in _team(event, actor):
        notifications.queue(
            key=key(f"person:{person.id}"),
            to=person.email,
            template=template,
            now=now,
            about=about(event),
            keep_until=event.last_ends_at,
            name=person.name,
            on_the_day=on_the_day,
            **facts,
        )


def _team(event: Event, actor: Actor) -> list[tuple[Person, bool]]:
    """Return who else runs an event, and whether they do so on the day only."""
    team = [(person, False) for person in school_queries.hosts(event.host_school_id)]
    team += [(grant.person, True) for grant in school_queries.day_staff(event.id)]
    return [
        (person, on_the_day)
        for person, on_the_day in team
        if person.id != actor.person_id and person.disabled_at is None
    ]


def _facts(event: Event) -> dict[str, Any]:
    return {
        "reply_to": answers_to(event),
        "title": event.title,
        "when": words.when(event),
        "venue": event.venue,
        "host": event.host_school.name,
        "years": words.years(event),
        "fee": words.fee(event),
        "action_url": absolute_url(addresses.EVENT(slug=event.slug)),
        "action_label": "See the event",
    }
