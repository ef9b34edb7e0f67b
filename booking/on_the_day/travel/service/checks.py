"""What every write about the way to an event checks first."""

from collections.abc import Iterator
from datetime import datetime

from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.domain.problems import Problem
from booking.foundation import contacts
from booking.on_the_day.travel.refusals import NobodyTravels, TravelRefused


def refuse_unless_it_comes(event: Event, school_id: int, now: datetime) -> None:
    """Raise NobodyTravels unless a school holds a place at an event that is still to take place."""
    if not event_states.is_live(event, now):
        raise NobodyTravels
    if not place_queries.comes(event.id, [school_id]):
        raise NobodyTravels


def phone(text: str, field: str) -> str:
    """Return a number as it is stored. Raises TravelRefused."""
    try:
        return contacts.e164(text)
    except contacts.NotAPhone as error:
        raise TravelRefused([Problem(field, str(error))]) from error


def too_long(fields: dict[str, str], most: int) -> Iterator[Problem]:
    """Yield the texts that are longer than they may be."""
    for name, text in fields.items():
        if len(text) > most:
            yield Problem(name, f"Shorten this to {most:,} characters.")
