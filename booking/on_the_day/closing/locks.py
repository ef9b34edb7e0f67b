"""Lock what changes at the end of a day: the event itself, one thing, what its host wrote."""

from sqlalchemy import select

from booking.days.events import locks as event_locks
from booking.days.events.models import Event
from booking.foundation.db import db
from booking.on_the_day.closing.models import LostThing, Reflection


def day(event_id: int) -> Event:
    """Return an event whose day nobody else can close or open meanwhile."""
    return event_locks.event(event_id)


def thing(thing_id: int) -> LostThing | None:
    """Return a lost thing as it is now, locked; None if it was taken off the list."""
    return db.session.scalars(
        select(LostThing)
        .where(LostThing.id == thing_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def reflection(event_id: int) -> Reflection | None:
    """Return what a host wrote, with its event locked; None if nobody has written yet."""
    event_locks.event(event_id)
    return db.session.get(Reflection, event_id, populate_existing=True)
