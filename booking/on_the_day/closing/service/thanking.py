"""Begin the thanks to the schools that came: a circular that its writer looks at first."""

from datetime import datetime

from booking.days.events.models import Event
from booking.domain.circulars import Readership
from booking.domain.permissions import Actor
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.network.circulars import service as circulars
from booking.network.circulars.details import CircularDetails, Speaker
from booking.network.circulars.models import Circular
from booking.on_the_day.closing import locks, queries, words


def begin_thanks(*, actor: Actor, now: datetime, event: Event) -> Circular:
    """Return a draft of the thanks; a draft that somebody has begun is gone on with.

    Raises circulars.CircularRefused.
    """
    event = locks.day(event.id)
    begun = queries.thanks(event)
    if begun is not None and begun.addressed_at is None:
        return begun
    pupils, schools = queries.came(event.id)
    return circulars.write(
        actor=actor,
        now=now,
        speaker=Speaker(event),
        details=CircularDetails(
            readership=Readership.SCHOOLS_COMING,
            subject=words.thanks_subject(),
            text=words.thanks_text(
                pupils=pupils,
                schools=schools,
                things=queries.things(event.id),
                where=absolute_url(addresses.SCHOOL_EVENT(slug=event.slug)),
            ),
        ),
    )
