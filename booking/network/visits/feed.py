"""Visits as a source of entries for private calendars."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import icalendar

from booking.days.events import feeds
from booking.domain import permissions
from booking.domain.permissions import Action, Actor
from booking.network.visits import ical, queries


def _is_offered(actor: Actor) -> bool:
    return permissions.may(actor, Action.SEE_NETWORK_LIFE)


def write(
    ids: Sequence[int], *, actor: Actor, base_url: str, now: datetime
) -> Iterable[icalendar.Event]:
    """Yield an entry for each visit."""
    for visit in queries.with_ids(ids):
        yield ical.entry(visit, base_url=base_url)


def source() -> feeds.Source:
    """Return visits as entries of private calendars."""
    return feeds.Source(
        kind="visits",
        label="Visits to other schools, and colleagues who visit me",
        hint="Once they are agreed.",
        offered=_is_offered,
        select=queries.in_calendar_of,
        write=write,
    )
