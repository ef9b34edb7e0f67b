"""Reads of heads counted, and of what keeps a date from being closed."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select

from booking.days.events.models import EventDate
from booking.domain import english, head_counts
from booking.domain.head_counts import HeadCounts
from booking.domain.incidents import IncidentKind
from booking.domain.registering import Departure
from booking.foundation.db import db
from booking.on_the_day.incidents.models import HeadCount, Incident, Way
from booking.on_the_day.incidents.queries import calling
from booking.on_the_day.rosters import queries as roster_queries
from booking.on_the_day.walk_ins import queries as walk_in_queries


class Unsettled(NamedTuple):
    """What keeps a date from being closed, in sentences that name nobody."""

    #: Pupils neither here nor reported absent: on the call list.
    calls: Sequence[str]
    #: Pupils who are neither counted out nor marked as gone.
    uncounted: Sequence[str]
    #: Heads that do not agree.
    differences: Sequence[str]
    #: Incidents that are open.
    incidents: Sequence[str]

    @property
    def words(self) -> Sequence[str]:
        """Return all sentences; none: the date can be closed."""
        return [*self.calls, *self.uncounted, *self.differences, *self.incidents]


def unsettled(day: EventDate) -> Unsettled:
    """Return what keeps a date from being closed.

    A difference between counts is explained by an incident of kind COUNTS for that date, closed
    after the last count.
    """
    found = numbers(day)
    waiting = open_incidents(day)
    incidents = english.plural(waiting, "incident")
    return Unsettled(
        calls=head_counts.unexplained(found),
        uncounted=head_counts.missing_counts(found),
        differences=[] if is_explained(day.id) else head_counts.differences(found),
        incidents=[f"{incidents} {english.agree(waiting, 'is', 'are')} still open."]
        * bool(waiting),
    )


def numbers(day: EventDate) -> HeadCounts:
    """Return what was counted on a date and what the register says."""
    marks = roster_queries.marks(day.id).values()
    left = [mark.departure for mark in marks if mark.present]
    counted = heads(day.id)
    came, went = counted.get(Way.IN), counted.get(Way.OUT)
    return HeadCounts(
        here=sum(mark.present for mark in marks),
        walked_in=len(walk_in_queries.of_date(day.id)),
        left_early=left.count(Departure.LEFT_EARLY),
        collected=left.count(Departure.COLLECTED),
        unexplained=len(calling.unexplained(day.event_id, day.id)),
        counted_in=came.number if came else None,
        counted_out=went.number if went else None,
    )


def heads(date_id: int) -> dict[Way, HeadCount]:
    """Return what was counted on a date, by way."""
    found = db.session.scalars(select(HeadCount).where(HeadCount.date_id == date_id))
    return {count.way: count for count in found}


def is_explained(date_id: int) -> bool:
    """Return whether an incident that was closed after the last count says why they differ."""
    counted = select(func.max(HeadCount.counted_at)).where(HeadCount.date_id == date_id)
    found = select(Incident.id).where(
        Incident.date_id == date_id,
        Incident.kind == IncidentKind.COUNTS,
        Incident.closed_at >= counted.scalar_subquery(),
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
