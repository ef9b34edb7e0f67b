"""Mail to a school's coordinators about a place that is offered to them."""

from datetime import datetime
from typing import Any

from booking.days.events import mail as event_mail
from booking.days.events import words as event_words
from booking.days.events.models import Event
from booking.days.places.models import Offer
from booking.foundation.notifications import locks as notification_locks
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.people.schools import queries as school_queries

TEMPLATE = "place_offered"


def write(event: Event, offer: Offer, *, now: datetime) -> None:
    """Write to each coordinator: again, if the mail has not gone out by the date it names."""
    people = {
        key_of(offer, person.id): person for person in school_queries.coordinators(offer.school_id)
    }
    unsent = {mail.key: mail for mail in notification_locks.unsent(people)}
    for key, person in people.items():
        words: dict[str, Any] = {
            "name": person.name,
            "event": event,
            "when_texts": event_words.dates(event),
            "expires_at": offer.expires_at,
            "action_url": absolute_url(addresses.SCHOOL_EVENT(slug=event.slug)),
            "action_label": "Accept or decline the place",
        }
        if key in unsent:
            until = offer.expires_at
            notifications.write_again(unsent[key], key=key, now=now, keep_until=until, **words)
            continue
        notifications.queue(
            key=key,
            to=person.email,
            template=TEMPLATE,
            now=now,
            about=event_mail.about(event),
            keep_until=offer.expires_at,
            reply_to=event_mail.answers_to(event),
            **words,
        )


def offer_id(key: str) -> int:
    """Return which offer the mail with this key is about."""
    return int(key.split(":")[1])


def key_of(offer: Offer, person_id: int) -> str:
    """Return the key of the mail that tells a coordinator about an offer."""
    return f"{TEMPLATE}:{offer.id}:{person_id}"
