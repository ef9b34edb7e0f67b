"""Where features add entries of their own to people's private calendars.

Calendars do not know what they show of such a feature: it provides a source. One statement reads
all that is in a calendar, and its rows make the mark by which programs learn whether anything
changed; so a source is asked for rows first, and for entries only when a file is written.
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
#: Stand in a source's statement for now, and for when what was cancelled before is forgotten
#: (30 days ago): a statement is built once for each person and run with the moment filled in.
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
    """Entries of one kind: who is offered them, which are whose, and how they are written."""

    #: One word, for ever: the calendars of those who do not want these entries keep it.
    kind: str
    #: What people read where they choose what their calendar shows, and a word more or none.
    label: str
    hint: str
    #: Says whether somebody of these roles is offered these entries.
    offered: Callable[[Actor], bool]
    #: Returns `rows(...)` narrowed to what is in this person's calendar; hangs on nothing else.
    select: Callable[[Actor], Select]
    write: Write


@Port
def sources() -> Source | None:
    """Return entries of one kind, which people may have in their private calendars."""


def rows(id_: Any, *, changed_at: Any, version: Any = "", leaves_at: Any = None) -> Select:
    """Return the select that a source narrows with `.where(…)`: a row for each of its entries.

    Whatever an entry says has to move `changed_at` or `version` (text), and every change has to be
    recorded in the audit trail: until the next record a calendar is not looked at again. Nothing
    comes by itself; `leaves_at` is when an entry goes by itself, where conditions with NOW say so.
    """
    # PostgreSQL takes a bare null for text, and joins it to no moment of the other statements.
    nowhere = sa.cast(sa.null(), sa.DateTime(timezone=True))
    return sa.select(
        sa.cast(id_, sa.Integer).label("id"),
        sa.type_coerce(nowhere if leaves_at is None else leaves_at, UTCDateTime).label("at"),
        sa.type_coerce(changed_at, UTCDateTime).label("changed_at"),
        sa.cast(version, sa.String).label("text"),
    )
