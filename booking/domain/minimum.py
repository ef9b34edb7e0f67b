"""A minimum number of pupils, and the day on which the host decides whether the event runs.

Families and schools read both before they answer. Some school days before that day a host with too
few pupils is warned; nothing is ever cancelled by itself.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from booking.domain import deadlines, english, terms
from booking.domain.problems import Problem
from booking.domain.terms import SchoolCalendar

#: School days before the decision from which a host with too few pupils is warned.
WARNING_DAYS = 3


def propose(calendar: SchoolCalendar, *, after: date, before: date) -> datetime | None:
    """Return when the host should decide: on a school day between two days, at 4pm.

    A few school days are left before the event, so that schools and families can still plan; at
    short notice it is the first day there is. None if there is no school day between.
    """
    most = deadlines.SPARE + 1
    days = deadlines.last_school_days(calendar, after, before - timedelta(days=1), most=most)
    return deadlines.at_closing(days[0]) if days else None


def warns_at(calendar: SchoolCalendar, decide_at: datetime) -> datetime:
    """Return from when a host with too few pupils is warned that the decision is near."""
    last_on = terms.london(decide_at).date() - timedelta(days=1)
    days = deadlines.last_school_days(calendar, date.min, last_on, most=WARNING_DAYS)
    return deadlines.at_closing(days[0]) if days else decide_at.astimezone(UTC)


def problems(
    minimum: int | None,
    decide_at: datetime | None,
    *,
    places: int,
    requests_close_at: datetime | None,
    starts_at: datetime | None,
) -> Iterator[Problem]:
    """Yield what is wrong with a minimum and its day: both are said, or neither is."""
    if minimum is None:
        if decide_at is not None:
            yield Problem("min_pupils", "Enter the minimum number, or leave its day empty as well.")
        return
    if minimum < 1:
        yield Problem("min_pupils", "Enter at least 1, or leave this empty for no minimum.")
    elif minimum > places >= 1:
        are = english.plural(places, "place", "places")
        yield Problem("min_pupils", f"There are only {are}, so the minimum can be no more.")
    if decide_at is None:
        yield Problem("decide_at", "Enter the day on which you decide whether it runs.")
    elif starts_at is not None and decide_at >= starts_at:
        yield Problem("decide_at", "Decide before the event starts. Choose an earlier time.")
    elif requests_close_at is not None and decide_at <= requests_close_at:
        yield Problem("decide_at", "Schools still ask for places then. Choose a later time.")


def is_raised(before: int | None, after: int | None) -> bool:
    """Return whether an event would now need more pupils than schools and families were told."""
    return (after or 0) > (before or 0)


def said(
    minimum: int | None, decide_at: datetime | None, *, goes_ahead: bool, now: datetime
) -> str:
    """Return what schools and families are told of a minimum; "" if there is none."""
    if minimum is None or decide_at is None:
        return ""
    if goes_ahead:
        return "The host has decided that this runs, however many pupils come."
    runs = f"This runs with at least {english.plural(minimum, 'pupil')}."
    told = "if it cannot run, you are told and any money goes back."
    if decide_at <= now:
        return f"{runs} {told[:1].upper()}{told[1:]}"
    return f"{runs} The host decides by {terms.in_sentence(decide_at)}; {told}"
