"""When each part of a roster is open, counted in days on a London calendar.

Nobody needs to know about an allergy a month before: nothing is shown before it is needed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from booking.days.events import words as event_words
from booking.days.events.models import Event, EventDate
from booking.domain import readers
from booking.domain.permissions import Scope
from booking.domain.terms import day_text, london
from booking.foundation.clock import LONDON

HEALTH_FROM = timedelta(days=readers.HEALTH_DAYS_BEFORE)
NEEDS_FROM = timedelta(days=readers.NEEDS_DAYS_BEFORE)
#: How long health, food and access stay open after the last date.
NEEDS_UNTIL = timedelta(days=readers.DAYS_AFTER)
#: How long after a date its register can be corrected.
REGISTER_UNTIL = timedelta(days=readers.REGISTER_DAYS_AFTER)


@dataclass(frozen=True)
class Days:
    """The first and the last day of an event."""

    first_on: date
    last_on: date

    @property
    def needs_from(self) -> date:
        """When food and access start to be shown: the kitchen plans ahead."""
        return self.first_on - NEEDS_FROM

    @property
    def health_from(self) -> date:
        """When life-safety alerts start to be shown."""
        return self.first_on - HEALTH_FROM

    @property
    def until(self) -> date:
        """The last day on which any of them is shown."""
        return self.last_on + NEEDS_UNTIL

    @property
    def destroy_after(self) -> date:
        """When a printed or downloaded roster is no longer needed."""
        return self.last_on + NEEDS_UNTIL

    def needs_are_open(self, now: datetime) -> bool:
        """Return whether food and access are shown now."""
        return self.needs_from <= london(now).date() <= self.until

    def health_is_open(self, now: datetime) -> bool:
        """Return whether life-safety alerts are shown now."""
        return self.health_from <= london(now).date() <= self.until

    def staff_are_admitted(self, now: datetime) -> bool:
        """Return whether the day staff see the pupils now: from a week before, to prepare the day,
        until a week after, to correct the register.
        """
        return self.needs_from <= london(now).date() <= self.last_on + REGISTER_UNTIL


def days_of(event: Event) -> Days:
    """Return the first and the last day of an event that has dates."""
    return Days(
        min(london(day.starts_at).date() for day in event.dates),
        max(london(day.ends_at).date() for day in event.dates),
    )


def scope_of(event: Event, now: datetime) -> Scope:
    """Return what an event's roster and register belong to: its host and, around the day, the
    event and so the day staff. Afterwards they no longer need to know about these pupils.
    """
    admitted = days_of(event).staff_are_admitted(now)
    return Scope(event.host_school_id, event.id if admitted else None)


def is_on(event: Event, now: datetime) -> bool:
    """Return whether one of the event's dates is today."""
    today = london(now).date()
    return any(
        london(day.starts_at).date() <= today <= london(day.ends_at).date() for day in event.dates
    )


def register_is_open(day: EventDate, now: datetime) -> bool:
    """Return whether a date's register can be taken or corrected: from its first morning, until a
    week after its last day.
    """
    first, last = (local.date() for local in event_words.local_span(day))
    return first <= london(now).date() <= last + REGISTER_UNTIL


def register_opens_at(day: EventDate) -> datetime:
    """Return the midnight at which a date's register opens."""
    first = event_words.local_span(day)[0].date()
    return datetime.combine(first, time(0), tzinfo=LONDON)


def register_closes_at(day: EventDate) -> datetime:
    """Return the midnight at which a date's register closes for good."""
    last = event_words.local_span(day)[1].date()
    return datetime.combine(last + REGISTER_UNTIL + timedelta(days=1), time(0), tzinfo=LONDON)


def register_closed_words(day: EventDate, now: datetime) -> str:
    """Return when a date's closed register opens, or when it closed."""
    first, last = (local.date() for local in event_words.local_span(day))
    if london(now).date() < first:
        return f"This register opens on {day_text(first)}."
    return f"This register closed on {day_text(last + REGISTER_UNTIL)}."


def kept_until(dates: Iterable[EventDate], now: datetime) -> datetime | None:
    """Return until when a phone may keep a list for want of a signal: the midnight after the date
    that is next, from when alerts are shown before it; after the last one, tonight's while they
    can still be seen. None: the list is not to be kept.
    """
    today = london(now).date()
    spans = sorted(tuple(at.date() for at in event_words.local_span(day)) for day in dates)
    coming = next((span for span in spans if span[1] >= today), None)
    if coming is None:
        ends = today if today <= spans[-1][1] + REGISTER_UNTIL else None
    else:
        ends = coming[1] if today >= coming[0] - HEALTH_FROM else None
    if ends is None:
        return None
    return datetime.combine(ends + timedelta(days=1), time(0), tzinfo=LONDON)


def register_date(dates: Iterable[EventDate], now: datetime) -> EventDate:
    """Return the date whose register a person most likely wants: today's, or else the last one
    before, or else the next one.
    """
    ordered = sorted(dates, key=lambda day: day.starts_at)
    begun = [day for day in ordered if london(day.starts_at).date() <= london(now).date()]
    return begun[-1] if begun else ordered[0]
