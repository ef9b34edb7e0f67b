"""What the law on charging says about an event's fee, and who may go ahead in spite of it."""

from collections.abc import Sequence
from datetime import time
from fractions import Fraction
from functools import partial

from booking.days.events import queries
from booking.days.events.details import DateDetails, EventDetails
from booking.domain import charging, terms
from booking.domain.charging import Remedy, Warning
from booking.domain.permissions import Actor, Role
from booking.domain.problems import Problem
from booking.domain.terms import SchoolCalendar


def warnings(details: EventDetails) -> list[Warning]:
    """Return what the host has to think about before this fee is published."""
    if not details.dates:
        return []
    return charging.warnings(
        details.fee_kind,
        details.fee_pence,
        details.fee_parts,
        [line.pence for line in details.cost_lines],
        details.places,
        _share_in_school_hours(details),
    )


def problems(actor: Actor, details: EventDetails) -> list[Problem]:
    """Return the warnings that block publication: no reason given, or not theirs to override."""
    found = []
    for warning in warnings(details):
        if warning.remedy is Remedy.CORRECTION:
            found.append(Problem("cost_lines", warning.words))
        elif warning.remedy is Remedy.LEAD_REASON and not _may_override(actor):
            found.append(Problem("fee_kind", warning.words))
        elif not details.fee_reason:
            found.append(Problem("fee_reason", warning.words))
    return found


def _may_override(actor: Actor) -> bool:
    return actor.kind != "person" or actor.has(Role.LEAD)


def _share_in_school_hours(details: EventDetails) -> Fraction:
    """Return the largest share of any date that falls within the host's hours.

    The host's school day stands in for the guests'; its lunch hour counts as school time, which
    errs on the side of a warning.
    """
    session, calendar = queries.school_hours(details.host_school_id)
    return max(_share(date, [session], calendar) for date in details.dates)


def _share(
    date: DateDetails, sessions: Sequence[tuple[time, time]], calendar: SchoolCalendar
) -> Fraction:
    start, end = terms.london(date.starts_at), terms.london(date.ends_at)
    if start.date() != end.date() and start < end:
        return charging.share_of_stay(start, end, partial(terms.is_school_day, calendar))
    if not terms.is_school_day(calendar, start.date()) or end <= start:
        return Fraction(0)
    return charging.share_in_school_hours((start.time(), end.time()), sessions)
