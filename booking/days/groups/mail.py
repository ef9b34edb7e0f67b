"""Mail about workshops: to a pupil's parents, once they are shared out."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from booking.days.events import states as event_states
from booking.days.events import words as event_words
from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.days.places.service import invitations
from booking.foundation.notifications import service as notifications


def tell_families(
    event: Event,
    bookings: Sequence[Booking],
    titles: Mapping[int, str],
    *,
    now: datetime,
    again: bool = False,
) -> bool:
    """Tell parents which workshops their child is in; return whether there was anybody to write to.

    `again` says that it has changed since they were told.
    """
    if event_states.is_over(event, now):
        return False
    reached = False
    for booking in bookings:
        if booking.id not in titles:
            continue
        for parent in invitations.reachable_parents(booking):
            _, url = invitations.new_link(event, booking, parent, now=now)
            of = now.isoformat() if again else ""
            notifications.queue(
                **invitations.of_family(booking),
                key=f"workshops:{booking.id}:{of}:{parent.id}",
                to=parent.email,
                template="workshops_shared",
                now=now,
                keep_until=event.last_ends_at,
                name=parent.name,
                event=event,
                when_texts=event_words.dates(event),
                workshops=titles[booking.id],
                again=again,
                action_url=url,
                action_label="See the place",
            )
            reached = True
    return reached
