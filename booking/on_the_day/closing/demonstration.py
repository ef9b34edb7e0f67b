"""The demonstration's ends of days: what hosts write, and a coat that nobody has asked for."""

import random
from datetime import datetime, timedelta

from booking.days.events.models import Event
from booking.domain import terms
from booking.domain.permissions import Actor
from booking.foundation.db import transaction
from booking.on_the_day.closing import service

#: What hosts write afterwards: what went well, and what to change.
REFLECTIONS = (
    ("Helpers from Year 10: two to a table.", "Have something to do while coaches arrive."),
    ("Mixed teams from three schools.", "A bigger room. Twenty-four is the most that fit."),
    ("", "Lunch took an hour; order it in two sittings."),
)
COAT = ("A blue coat, age 8", "under the bench in the hall")


def leave_coat(event: Event, *, actor: Actor, now: datetime) -> None:
    """List a coat that was left behind."""
    with transaction():
        service.list_thing(
            actor=actor,
            now=now,
            event=event,
            what=COAT[0],
            found_where=COAT[1],
            kept_until=terms.london(now).date() + timedelta(days=28),
        )


def close_day(event: Event, *, actor: Actor, now: datetime, dice: random.Random) -> None:
    """Write what to do next time, and close the day."""
    went_well, to_change = dice.choice(REFLECTIONS)
    with transaction():
        service.reflect(
            actor=actor,
            now=now,
            event=event,
            went_well=went_well,
            to_change=to_change,
            for_colleagues=dice.random() < 0.5,
        )
    with transaction():
        service.close(actor=actor, now=now, event=event)
