"""Heads counted on a date, beside what the register says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from booking.days.events.models import Event, EventDate
from booking.domain import head_counts
from booking.domain.head_counts import HeadCounts
from booking.on_the_day.incidents import queries
from booking.on_the_day.incidents.models import HeadCount, Incident, Way


@dataclass(frozen=True)
class CountPage:
    """One date's numbers."""

    event: Event
    day: EventDate
    numbers: HeadCounts
    heads: Mapping[Way, HeadCount]
    differences: Sequence[str]
    is_explained: bool
    #: The open incident that is to say why they differ.
    explanation: Incident | None
    unsettled: Sequence[str]


def count_page(event: Event, day: EventDate) -> CountPage:
    """Return the numbers of a date."""
    numbers = queries.numbers(day)
    return CountPage(
        event=event,
        day=day,
        numbers=numbers,
        heads=queries.heads(day.id),
        differences=head_counts.differences(numbers),
        is_explained=queries.is_explained(day.id),
        explanation=queries.open_explanation(day.id),
        unsettled=queries.unsettled(day).words,
    )
