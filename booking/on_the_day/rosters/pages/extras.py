"""The columns of a roster that depend on the event: the one place for what a host adds to it.

Each is filled by booking, and only if the person who reads the roster may see it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from booking.days.events.models import Event
from booking.days.groups import pages as group_pages
from booking.days.places.models import Booking
from booking.days.questions import pages as question_pages
from booking.domain.permissions import Action, Actor, Scope, may

#: How wide such a column is in a file, in characters.
WIDTH = 18


@dataclass(frozen=True)
class Extra:
    """One such column."""

    heading: str
    #: What stands beside a pupil.
    cell: Callable[[Booking], str]
    width: int = WIDTH


def of(event: Event, *, actor: Actor) -> Sequence[Extra]:
    """Return the columns that `actor` may see, in the order in which they stand."""
    return [*_groups(event), *answers(event, actor=actor)]


def _groups(event: Event) -> Sequence[Extra]:
    """Return group and workshops, where there are any: for everybody who may see the roster."""
    return [Extra(heading, _cell_of(found)) for heading, found in group_pages.together(event.id)]


def _cell_of(found: Mapping[int, str]) -> Callable[[Booking], str]:
    return lambda booking: found.get(booking.id, "")


def answers(event: Event, *, actor: Actor) -> Sequence[Extra]:
    """Return what was answered to the host: for the teachers who host and, where a question says
    so, for the day's staff. Not for those who only oversee.
    """
    hosts = may(actor, Action.SEE_HEALTH, Scope(event.host_school_id))
    if not hosts and not may(actor, Action.SEE_HEALTH, Scope(event.host_school_id, event.id)):
        return []
    found = question_pages.columns_for_host(event.id, only_for_staff=not hosts)
    return [Extra(column.heading, column.cell) for column in found]
