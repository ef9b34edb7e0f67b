"""Begin an event with an earlier one: the same school's, a year on, or another school's example."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from booking.days.events import announcements, words
from booking.days.events.details import DEADLINES, EventDetails, details_of
from booking.days.events.models import Event
from booking.days.events.service import proposing, themes, writing
from booking.domain import terms
from booking.domain.permissions import Actor
from booking.people.schools.models import School

#: The same weekday in the same week of the next school year.
YEAR = timedelta(weeks=52)
YEARS_MAX = 20


def clone(*, actor: Actor, now: datetime, event: Event) -> Event:
    """Return a new draft like `event`, with its dates moved by whole years to the same weekday."""
    details = proposing.still_fitting(next_year(details_of(event), now=now), now=now)
    return _announced(details, of=event, actor=actor, now=now)


def follow_example(*, actor: Actor, now: datetime, event: Event, host: School) -> Event:
    """Return a new draft at `host` after another school's event, without its day.

    Its words, years, places, rules and prices are taken over; nothing about its people and its
    place is: no names, contact or address, no reason for a charge, no places kept for its school.
    """
    here: dict[str, Any] = words.of_host(host)
    details = replace(
        details_of(event),
        **here,
        host_school_id=host.id,
        dates=(),
        requests_close_at=None,
        release_at=None,
        naming_close_at=None,
        decide_at=None,
        practicalities="",
        contact_name="",
        contact_phone="",
        host_places=0,
        fee_reason="",
    )
    return _announced(details, of=event, actor=actor, now=now)


def _announced(details: EventDetails, *, of: Event, actor: Actor, now: datetime) -> Event:
    details = themes.without_retired_theme(details)
    draft = writing.write(actor=actor, now=now, details=details)
    announcements.cloned(draft, of=of, actor=actor, now=now)
    return draft


def next_year(details: EventDetails, *, now: datetime) -> EventDetails:
    """Return an event's details moved by as many years as bring its first date past `now`.

    A year is 52 weeks, so that a Friday stays a Friday; times stay the same on London's clocks.
    Reasons for a charge are not copied, because they were given for another day.
    """
    first = details.first_starts_at
    if first is None:
        return replace(details, fee_reason="")
    years = next((n for n in range(1, YEARS_MAX) if _later(first, n) > now), YEARS_MAX)
    deadlines: dict[str, Any] = {
        name: _later(at, years)
        for name in (*DEADLINES, "decide_at")
        if (at := getattr(details, name)) is not None
    }
    moved = tuple(
        replace(date, starts_at=_later(date.starts_at, years), ends_at=_later(date.ends_at, years))
        for date in details.dates
    )
    return replace(details, dates=moved, fee_reason="", **deadlines)


def _later(at: datetime, years: int) -> datetime:
    # Added to local time, not to the instant, so 9:15 stays 9:15 when the clocks change.
    return (terms.london(at) + YEAR * years).astimezone(UTC)
