"""Mail to the hosts of an event with fewer pupils than its minimum."""

from datetime import datetime

from booking.days.events import words as event_words
from booking.days.events.models import Event
from booking.days.minimum.queries import TooFew
from booking.domain import terms
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person

TEMPLATE = "too_few_pupils"


def key(event: Event, person: Person) -> str:
    """Return the key of the one mail about a day to decide; a moved day is another."""
    assert event.decide_at is not None, "only events with a minimum have one"
    return f"too_few_pupils:{event.id}:{event.decide_at.isoformat()}:{person.id}"


def warn(found: TooFew, person: Person, *, now: datetime) -> None:
    """Tell a host that there are too few pupils, and by when to decide."""
    event = found.event
    assert event.decide_at is not None, "only events with a minimum have one"
    notifications.queue(
        key=key(event, person),
        to=person.email,
        template=TEMPLATE,
        now=now,
        keep_until=event.first_starts_at,
        reply_to=school_queries.lead(),
        name=person.name,
        title=event.title,
        when=event_words.when(event),
        host=event.host_school.name,
        pupils=found.pupils,
        minimum=event.min_pupils,
        decide_by="" if event.decide_at <= now else terms.in_sentence(event.decide_at),
        action_url=absolute_url(addresses.HOST_EVENT(slug=event.slug)),
        action_label="Decide",
    )
