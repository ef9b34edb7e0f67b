"""A roster ready to show: its rows by school, and one table of columns for every format."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from booking.days.events.models import Event
from booking.days.groups import queries as group_queries
from booking.days.groups.pages import GROUP
from booking.domain.permissions import Action, Actor, Scope, may
from booking.foundation import contacts
from booking.on_the_day.rosters import windows
from booking.on_the_day.rosters.pages import extras
from booking.on_the_day.rosters.pages.extras import Extra
from booking.on_the_day.rosters.pages.rows import Adult, RosterRow, rows


@dataclass(frozen=True)
class Column:
    """One column: its heading, its content and its width in characters."""

    heading: str
    cell: Callable[[RosterRow], str]
    width: int
    #: The same for all pupils from one school: a column in files, beside the school on pages.
    of_school: bool = False
    #: Shown only while this part of the roster is open; "" means always.
    part: str = ""


NEEDS, HEALTH = "needs", "health"
#: The event's own columns stand before this one.
ADULTS = "Accompanying adults"
#: What a heading says above those who are in no group.
NO_GROUP = "Without a group"
#: What the heading of a group says, or what is too wide beside its pupils.
BESIDE_GROUPS = frozenset({GROUP, ADULTS})
#: What says which pupil it is.
WHO = frozenset({"School", "Pupil", "Year group"})
#: A column that is there only while a parent has not answered a second question.
CONSENT = "consent"
#: The only table of columns: the page, CSV, XLSX and PDF are all made from it.
COLUMNS = (
    Column("School", lambda row: row.school, 28, of_school=True),
    Column("Pupil", lambda row: row.name, 26),
    Column("Year group", lambda row: row.year_group, 12),
    Column("Consent", lambda row: row.consent, 18, part=CONSENT),
    Column("Life-safety alert", lambda row: row.health, 40, part=HEALTH),
    Column("Food", lambda row: row.diet, 22, part=NEEDS),
    Column("Access", lambda row: row.access, 26, part=NEEDS),
    Column("Photos", lambda row: row.photo, 26),
    Column("Way home", lambda row: row.collection, 30),
    Column(ADULTS, lambda row: adults_text(row.adults), 36, of_school=True),
    Column(
        "School’s emergency number",
        lambda row: contacts.readable_phone(row.emergency_phone),
        24,
        of_school=True,
    ),
)


@dataclass(frozen=True)
class SchoolGroup:
    """The pupils from one school, and who to ring about them."""

    name: str
    adults: tuple[Adult, ...]
    emergency_phone: str
    rows: Sequence[RosterRow]


@dataclass(frozen=True)
class Roster:
    """One event's roster, as far as one person may see it now."""

    event: Event
    made_at: datetime
    rows: Sequence[RosterRow]
    #: The parts that this person may see now: NEEDS, HEALTH; and CONSENT if it says anything.
    open_parts: frozenset[str]
    may_see_health: bool
    #: What the event adds to the columns, as far as this person may see it and wants to.
    extras: Sequence[Extra] = ()
    #: The headings that this person may choose from.
    choices: Sequence[str] = ()
    #: Whether it is sorted by group, each with its own heading, and not by school.
    by_group: bool = False
    #: Whether it is the list of what was answered to the host, and of nothing else.
    only_extras: bool = False

    @property
    def days(self) -> windows.Days:
        """The first and last day, and the windows around them."""
        return windows.days_of(self.event)

    @property
    def columns(self) -> list[Column]:
        """The columns in a file. Closed ones are left out: an empty cell would mean "none"."""
        added = list(map(_extra, range(len(self.extras)), self.extras))
        if self.only_extras:
            return [*(c for c in COLUMNS if c.heading in WHO), *added]
        shown = [c for c in COLUMNS if not c.part or c.part in self.open_parts]
        before = next(place for place, column in enumerate(shown) if column.heading == ADULTS)
        return [*shown[:before], *added, *shown[before:]]

    @property
    def pupil_columns(self) -> list[Column]:
        """The columns in the table of one school's pupils, or of one group's."""
        if self.by_group:
            return [column for column in self.columns if column.heading not in BESIDE_GROUPS]
        return [column for column in self.columns if not column.of_school]

    @property
    def schools(self) -> list[SchoolGroup]:
        """The rows by school, in order; or by group, if that was chosen."""
        if self.by_group:
            found = groupby(self.rows, lambda row: row.group or NO_GROUP)
            return [SchoolGroup(name, (), "", list(rows)) for name, rows in found]
        groups = ((name, list(found)) for name, found in groupby(self.rows, lambda r: r.school))
        return [
            SchoolGroup(name, found[0].adults, found[0].emergency_phone, found)
            for name, found in groups
        ]

    @property
    def shows_health(self) -> bool:
        """Whether life-safety alerts are among the columns, because reading them is recorded."""
        return HEALTH in self.open_parts


def of(
    event: Event,
    *,
    actor: Actor,
    now: datetime,
    wanted: Collection[str] | None = None,
    by_group: bool = False,
) -> Roster:
    """Return an event's roster with everything that `actor` may see now.

    `wanted` are the headings of those of the event's own columns that are to be shown; None: all.
    `by_group` sorts it by group, if the event has any.
    """
    scope = Scope(event.host_school_id, event.id)
    may_see_health = may(actor, Action.SEE_HEALTH, scope)
    days = windows.days_of(event)
    parts = set()
    if may_see_health and days.needs_are_open(now):
        parts.add(NEEDS)  # a diet may reveal a religion, and an adjustment a disability
    if may_see_health and days.health_is_open(now):
        parts.add(HEALTH)
    added = extras.of(event, actor=actor)
    more = [extra for extra in added if wanted is None or extra.heading in wanted]
    found = rows(event, now=now, needs=may_see_health, health=may_see_health, more=more)
    if any(row.consent for row in found):
        parts.add(CONSENT)
    choices = [extra.heading for extra in added]
    order = [group.name for group in group_queries.groups(event.id)] if by_group else []
    found = sorted(found, key=lambda row: (*order, row.group).index(row.group)) if order else found
    return Roster(
        event, now, found, frozenset(parts), may_see_health, more, choices, by_group=bool(order)
    )


def answers_of(event: Event, *, actor: Actor, now: datetime) -> Roster:
    """Return who is expected with what was answered to the host, and nothing else."""
    more = extras.answers(event, actor=actor)
    found = rows(event, now=now, needs=False, health=False, more=more)
    return Roster(event, now, found, frozenset(), False, more, only_extras=True)


def _extra(place: int, extra: Extra) -> Column:
    return Column(extra.heading, lambda row: row.more[place], extra.width)


def adults_text(adults: Sequence[Adult]) -> str:
    """Return the adults in one cell: "Sam Lane 07700 900123; Jo Ray …"."""
    return "; ".join(f"{adult.name} {contacts.readable_phone(adult.mobile)}" for adult in adults)
