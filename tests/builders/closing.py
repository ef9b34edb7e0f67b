"""The end of a day for tests: things left behind, a day closed, what a host wrote."""

from datetime import date, timedelta

from booking.days.events.models import Event
from booking.domain.permissions import COMMAND, Actor
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.on_the_day.closing import service as closing
from booking.on_the_day.closing.models import DayClosing, LostThing, Reflection


def leave(
    event: Event, *, what: str = "A blue coat", where: str = "", kept_until: date | None = None
) -> LostThing:
    """List something that was left behind, kept for four weeks unless said otherwise."""
    with transaction():
        return closing.list_thing(
            actor=COMMAND,
            now=clock.now(),
            event=event,
            what=what,
            found_where=where,
            kept_until=kept_until or clock.today() + timedelta(days=28),
        )


def close(event: Event, by: Actor = COMMAND) -> DayClosing:
    """Close the day."""
    with transaction():
        return closing.close(actor=by, now=clock.now(), event=event)


def reflect(
    event: Event,
    *,
    went_well: str = "The puzzles.",
    to_change: str = "",
    for_colleagues: bool = False,
) -> Reflection:
    """Write down what went well and what to change."""
    with transaction():
        return closing.reflect(
            actor=COMMAND,
            now=clock.now(),
            event=event,
            went_well=went_well,
            to_change=to_change,
            for_colleagues=for_colleagues,
        )
