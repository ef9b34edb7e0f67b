"""The stages of an event's life: the only moves between its states, and what its dates say."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

from sqlalchemy import BindParameter, ColumnElement

from booking.days.events.models import Event, EventState, Sharing
from booking.domain import moves

MOVES: Mapping[EventState, frozenset[EventState]] = MappingProxyType(
    {
        EventState.DRAFT: frozenset({EventState.PUBLISHED}),
        EventState.PUBLISHED: frozenset({EventState.CANCELLED, EventState.CLOSED}),
        EventState.CANCELLED: frozenset(),
        EventState.CLOSED: frozenset(),
    }
)

#: What the public sees: everything that has been published, whatever became of it.
PUBLIC = (EventState.PUBLISHED, EventState.CANCELLED, EventState.CLOSED)

#: What takes place, or has taken place.
TAKES_PLACE = (EventState.PUBLISHED, EventState.CLOSED)


class Quotaed(Protocol):
    """Something whose places may be set aside for schools: an event, or a row of one."""

    @property
    def sharing(self) -> Sharing: ...
    @property
    def release_at(self) -> datetime | None: ...
    @property
    def naming_close_at(self) -> datetime | None: ...


def quotas_end_at(event: Quotaed) -> datetime | None:
    """Return until when places are kept for schools with a quota; None if no place is.

    That is the release date, or the naming date if there is none.
    """
    if event.sharing is not Sharing.SET_QUOTAS:
        return None
    return event.release_at or event.naming_close_at


class Dated(Protocol):
    """Something with a state and dates: an event, or a row of one."""

    @property
    def state(self) -> EventState: ...
    @property
    def first_starts_at(self) -> datetime | None: ...
    @property
    def last_ends_at(self) -> datetime | None: ...


def has_begun(event: Dated, now: datetime) -> bool:
    """Return whether the first date has started."""
    return event.first_starts_at is not None and event.first_starts_at <= now


def is_over(event: Dated, now: datetime) -> bool:
    """Return whether the last date has ended."""
    return event.last_ends_at is not None and event.last_ends_at <= now


def is_live(event: Dated, now: datetime) -> bool:
    """Return whether places can still change hands: the event is published and has not begun."""
    return event.state is EventState.PUBLISHED and not has_begun(event, now)


def over(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Return `is_over` as a condition on the event of a query."""
    return Event.last_ends_at <= now


def move(state: EventState, to: EventState) -> EventState:
    """Return the new state, or raise MoveNotAllowed."""
    return moves.move("event", MOVES, state, to)
