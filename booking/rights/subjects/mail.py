"""Mail to the hosts of a coming event that a pupil has been erased: who it was is not said."""

from collections.abc import Iterable
from datetime import datetime

from booking.days.events import words as event_words
from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.people.schools import queries as school_queries


def tell_hosts(bookings: Iterable[Booking], *, now: datetime) -> None:
    """Tell the hosts of each event that one pupil of a school comes no more."""
    for booking in bookings:
        _tell(booking.event, booking, now)


def _tell(event: Event, booking: Booking, now: datetime) -> None:
    for person in school_queries.hosts(event.host_school_id):
        notifications.queue(
            key=f"pupil_erased:{booking.public_id}:{person.id}",
            to=person.email,
            template="pupil_erased",
            now=now,
            keep_until=event.last_ends_at,
            reply_to=school_queries.mailbox_of(school_queries.coordinators(booking.school_id)),
            name=person.name,
            title=event.title,
            when=event_words.when(event),
            school_name=booking.school.name,
            host=event.host_school.name,
            action_url=absolute_url(addresses.HOST_EVENT(slug=event.slug)),
            action_label="Open the event",
        )
