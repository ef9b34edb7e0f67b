"""From when until when each part of a roster is open, counted in days on a wall in London.

Nobody needs to know of an allergy a month before: what is not yet needed is not shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from booking.days.events.models import Event, EventDate
from booking.domain.permissions import Scope
from booking.domain.terms import london

HEALTH_FROM = timedelta(days=3)
NEEDS_FROM = timedelta(days=7)
#: Until when health, food and access stay open after the last date.
NEEDS_UNTIL = timedelta(days=1)
#: How long after a date its register can be put right.
REGISTER_UNTIL = timedelta(days=7)


@dataclass(frozen=True)
class Days:
    """The first and the last day of an event."""

    first_on: date
    last_on: date

    @property
    def needs_from(self) -> date:
        """From when food and access are shown: the kitchen plans ahead."""
        return self.first_on - NEEDS_FROM

    @property
    def health_from(self) -> date:
        """From when life-safety alerts are shown."""
        return self.first_on - HEALTH_FROM

    @property
    def until(self) -> date:
        """The last day on which any of them is shown."""
        return self.last_on + NEEDS_UNTIL

    @property
    def destroy_after(self) -> date:
        """When a printed or downloaded roster has no more use."""
        return self.last_on + NEEDS_UNTIL

    def needs_are_open(self, now: datetime) -> bool:
        """Say whether food and access are shown now."""
        return self.needs_from <= london(now).date() <= self.until

    def health_is_open(self, now: datetime) -> bool:
        """Say whether life-safety alerts are shown now."""
        return self.health_from <= london(now).date() <= self.until

    def staff_are_admitted(self, now: datetime) -> bool:
        """Say whether the day's staff see the pupils now: from the week before to the week after,
        while they have the day to prepare and its register to put right.
        """
        return self.needs_from <= london(now).date() <= self.last_on + REGISTER_UNTIL


def days_of(event: Event) -> Days:
    """Return the first and the last day of an event that has dates."""
    return Days(
        min(london(day.starts_at).date() for day in event.dates),
        max(london(day.ends_at).date() for day in event.dates),
    )


def scope_of(event: Event, now: datetime) -> Scope:
    """Return what an event's roster and register belong to: its host and, around the day itself,
    the event and so the day's staff. Afterwards they have no more business with these pupils.
    """
    admitted = days_of(event).staff_are_admitted(now)
    return Scope(event.host_school_id, event.id if admitted else None)


def register_is_open(day: EventDate, now: datetime) -> bool:
    """Say whether a date's register may be taken or put right: from that morning, for a week."""
    on = london(day.starts_at).date()
    return on <= london(now).date() <= on + REGISTER_UNTIL


def register_date(dates: Iterable[EventDate], now: datetime) -> EventDate:
    """Return the date whose register a person most likely wants: today's, else the last one
    before, else the first one to come.
    """
    ordered = sorted(dates, key=lambda day: day.starts_at)
    begun = [day for day in ordered if london(day.starts_at).date() <= london(now).date()]
    return begun[-1] if begun else ordered[0]
