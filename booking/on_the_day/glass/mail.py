"""Mail that somebody who oversees opened a school's pupils: the page says why."""

from collections.abc import Sequence
from datetime import datetime

from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.on_the_day.glass.models import GlassOpening
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person


def opened(opening: GlassOpening, by: Person, posts: Sequence[str], *, now: datetime) -> None:
    """Tell the coordinators of the pupils' school at once."""
    for person in school_queries.coordinators(opening.school_id):
        notifications.queue(
            key=f"glass_opened:{opening.id}:person:{person.id}",
            to=person.email,
            template="glass_opened",
            now=now,
            reply_to=school_queries.mailbox_of([by]),
            name=person.name,
            who=by.name,
            posts=posts,
            event=opening.event,
            action_url=absolute_url(addresses.SCHOOL_GLASS(public_id=opening.public_id)),
            action_label="See why",
        )
