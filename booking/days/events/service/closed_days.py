"""Days when the host's school is closed: a warning before publication, never a refusal."""

from collections.abc import Iterator

from booking.days.events import labels, queries
from booking.days.events.details import DEADLINES, EventDetails
from booking.domain import terms


def closed_day_warnings(details: EventDetails) -> list[str]:
    """Return what to think about: dates and deadlines that are not on the host's school days.

    A summer school is meant to be in the holidays, and a masterclass may be at a weekend.
    """
    return [*_dates(details), *_deadlines(details)]


def _dates(details: EventDetails) -> Iterator[str]:
    _, calendar = queries.school_hours(details.host_school_id)
    days = dict.fromkeys(terms.london(date.starts_at).date() for date in details.dates)
    for on in days:
        if why := terms.why_closed(calendar, on):
            yield f"{terms.day_text(on)} is {why}. Check that this is the day you want."


def _deadlines(details: EventDetails) -> Iterator[str]:
    _, calendar = queries.school_hours(details.host_school_id)
    for name in DEADLINES:
        at = getattr(details, name)
        on = terms.london(at).date() if at is not None else None
        if on is not None and (why := terms.why_closed(calendar, on)):
            yield (
                f"{labels.of(name)}: {terms.day_text(on)} is {why}. "
                "Choose a school day, when coordinators are at work."
            )
