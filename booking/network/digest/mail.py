"""The mail of the week."""

from datetime import datetime

from booking.domain import digests
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.network.digest.details import DigestContents
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person


def key_of(person: Person, week: datetime) -> str:
    """Return what makes a digest the same if it is queued twice: whose it is, and its week."""
    return f"life_digest:{person.id}:{week.date().isoformat()}"


def send(person: Person, contents: DigestContents, *, week: datetime, now: datetime) -> None:
    """Queue somebody's digest of a week, once."""
    notifications.queue(
        key=key_of(person, week),
        to=person.email,
        template="life_digest",
        now=now,
        keep_until=week + digests.WEEK,
        reply_to=school_queries.person_or_lead(None),
        name=person.name,
        tasks=contents.tasks,
        news=contents.news,
        action_url=absolute_url(addresses.NETWORK_LIFE()),
        action_label="Open network life",
    )
