"""Reads of heads counted, and of what keeps a date from being closed."""

from collections.abc import Sequence

from sqlalchemy import func, select

from booking.days.events.models import EventDate
from booking.days.places import queries as place_queries
from booking.domain import english, head_counts
from booking.domain.head_counts import HeadCounts
from booking.domain.incidents import IncidentKind
from booking.foundation.db import db
from booking.on_the_day.incidents.models import HeadCount, Incident, Way
from booking.on_the_day.rosters import queries as roster_queries


def unsettled(day: EventDate) -> Sequence[str]:
    """Return what keeps a date from being closed, in sentences that name nobody; none: nothing.

    Pupils neither here nor reported absent, heads not counted or not in agreement, and open
    incidents. A difference is explained by a closed incident of kind COUNTS for that date.
    """
    said = list(head_counts.blocking(numbers(day), is_explained=is_explained(day.id)))
    waiting = open_incidents(day)
    if waiting:
        incidents = english.plural(waiting, "incident")
        said.append(f"{incidents} {english.agree(waiting, 'is', 'are')} still open.")
    return said


def numbers(day: EventDate) -> HeadCounts:
    """Return what was counted on a date and what the register says."""
    marks = roster_queries.marks(day.id)
    expected = place_queries.expected(day.event_id)
    counted = heads(day.id)
    came, went = counted.get(Way.IN), counted.get(Way.OUT)
    return HeadCounts(
        here=sum(mark.present for mark in marks.values()),
        unexplained=sum(booking.id not in marks for booking in expected),
        counted_in=came.number if came else None,
        counted_out=went.number if went else None,
    )


def heads(date_id: int) -> dict[Way, HeadCount]:
    """Return what was counted on a date, by way."""
    found = db.session.scalars(select(HeadCount).where(HeadCount.date_id == date_id))
    return {count.way: count for count in found}


def is_explained(date_id: int) -> bool:
    """Return whether a closed incident says why a date's numbers differ."""
    found = select(Incident.id).where(
        Incident.date_id == date_id,
        Incident.kind == IncidentKind.COUNTS,
        Incident.closed_at.is_not(None),
    )
    return db.session.scalar(found.limit(1)) is not None


def open_incidents(day: EventDate) -> int:
    """Return how many incidents of a date, or of its event on no date, are still open."""
    counted = (
        select(func.count())
        .select_from(Incident)
        .where(
            Incident.event_id == day.event_id,
            (Incident.date_id == day.id) | Incident.date_id.is_(None),
            Incident.closed_at.is_(None),
        )
    )
    return db.session.scalar(counted) or 0
