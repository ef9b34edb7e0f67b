"""Where features add entries of their own to people's private calendars.

Calendars know nothing about such a feature: it provides a source. One statement reads everything in
a calendar, and its rows make the mark that tells programs whether anything has changed; so a source
is asked for rows first, and for entries only when a file is written.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import icalendar
import sqlalchemy as sa

from booking.domain.permissions import Actor
from booking.foundation.db import UTCDateTime
from booking.foundation.ports import Port

Select = sa.Select[*tuple[Any, ...]]
#: These stand in a source's statement for the current time, and for 30 days ago, when what was
#: cancelled is forgotten: a statement is built once for each person and run with the times filled
#: in.
NOW = sa.bindparam("now", type_=UTCDateTime)
SINCE = sa.bindparam("since", type_=UTCDateTime)


class Write(Protocol):
    """Writes entries, with `ical.appointment` or `ical.all_day_entry`."""

    def __call__(
        self, ids: Sequence[int], *, actor: Actor, base_url: str, now: datetime
    ) -> Iterable[icalendar.Event]:
        """Return the entries of the rows with these ids."""


@dataclass(frozen=True)
class Source:
    """Entries of one kind: who is offered them, whose they are, and how they are written."""

    #: One word that never changes, because calendars remember it for people who do not want these
    #: entries.
    kind: str
    #: The label people see when they choose what their calendar shows, and perhaps a hint.
    label: str
    hint: str
    #: Returns whether somebody with these roles is offered these entries.
    offered: Callable[[Actor], bool]
    #: Returns `rows(...)` narrowed to this person's calendar; it may depend on nothing else.
    select: Callable[[Actor], Select]
    write: Write


@Port
def sources() -> Source | None:
    """Return entries of one kind that people may have in their private calendars."""


def rows(id_: Any, *, changed_at: Any, version: Any = "", leaves_at: Any = None) -> Select:
    """Return the select that a source narrows with `.where(…)`: a row for each of its entries.

    Everything an entry says must affect `changed_at` or `version` (text), and every change must be
    recorded in the audit trail, because a calendar is not read again until the next record. Nothing
    appears by itself; `leaves_at` is when an entry disappears by itself, if conditions with NOW say
    so.
    """
    # PostgreSQL takes a bare null for text, and cannot union it with the other statements' times.
    nowhere = sa.cast(sa.null(), sa.DateTime(timezone=True))
    return sa.select(
        sa.cast(id_, sa.Integer).label("id"),
        sa.type_coerce(nowhere if leaves_at is None else leaves_at, UTCDateTime).label("at"),
        sa.type_coerce(changed_at, UTCDateTime).label("changed_at"),
        sa.cast(version, sa.String).label("text"),
    )
