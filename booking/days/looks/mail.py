"""Mail about a draft that the lead is asked to look at, to the leads and to its host."""

from collections.abc import Iterable
from datetime import datetime

from booking.days.events import words as event_words
from booking.days.events.models import Event
from booking.days.looks.models import LeadLook
from booking.domain.permissions import Role
from booking.foundation.db import db
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person

TEMPLATE = "look_news"


def tell_leads(event: Event, look: LeadLook, *, now: datetime) -> None:
    """Ask every lead to look at a draft."""
    lines = [
        f"{event.host_school.name} asks you to look at {event.title}, {event_words.when(event)}, "
        "and to publish it, or to give it back with a note."
    ]
    if look.note:
        lines.append(f"The host says: {look.note}")
    _write(event, look, school_queries.people_with(Role.LEAD), "Please look at", lines, now)


def tell_host_of_return(event: Event, look: LeadLook, *, now: datetime) -> None:
    """Tell whoever asked what the lead would change."""
    lines = [
        f"The network lead has looked at {event.title} and says: {look.returned_note}",
        "Change the draft, then ask again.",
    ]
    _write(event, look, _asker(look), "Please change", lines, now)


def tell_host_of_publication(event: Event, look: LeadLook, *, now: datetime) -> None:
    """Tell whoever asked that the lead has published the event."""
    lines = [f"The network lead has published {event.title}. The schools have been told."]
    _write(event, look, _asker(look), "Published", lines, now)


def _asker(look: LeadLook) -> list[Person]:
    person = db.session.get(Person, look.asked_by_id) if look.asked_by_id else None
    return [person] if person is not None and person.disabled_at is None else []


def _write(
    event: Event,
    look: LeadLook,
    people: Iterable[Person],
    heading: str,
    lines: list[str],
    now: datetime,
) -> None:
    asked_by = _asker(look)
    for person in people:
        notifications.queue(
            key=f"look:{event.id}:{look.asked_at.isoformat()}:{heading}:{person.id}",
            to=person.email,
            template=TEMPLATE,
            now=now,
            keep_until=event.first_starts_at,
            reply_to=school_queries.lead()
            if person in asked_by
            else school_queries.mailbox_of(asked_by),
            name=person.name,
            title=event.title,
            heading=heading,
            lines=lines,
            action_url=absolute_url(addresses.HOST_EVENT(slug=event.slug)),
            action_label="See the event",
        )
