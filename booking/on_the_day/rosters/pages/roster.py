"""A roster ready to show: its rows in parts, its columns and its figures, alike in every format."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from booking.days.events.models import Event
from booking.days.groups import queries as group_queries
from booking.days.groups.pages import GROUP, WORKSHOPS
from booking.days.leading import queries as leading_queries
from booking.domain.permissions import Action, Actor, Scope, may
from booking.on_the_day.rosters import windows
from booking.on_the_day.rosters.pages import columns, extras, figures
from booking.on_the_day.rosters.pages.choice import ADULTS, EVERYTHING, RosterChoice, RosterOrder
from booking.on_the_day.rosters.pages.columns import CONSENT, EMERGENCY, HEALTH, NEEDS, Column
from booking.on_the_day.rosters.pages.figures import Totals
from booking.on_the_day.rosters.pages.rows import Adult, RosterRow, rows

#: What a heading says above those who are in no group, and in no workshop.
NO_GROUP, NO_WORKSHOP = "Without a group", "Without a workshop"
EVERYBODY = "All pupils, A to Z"


@dataclass(frozen=True)
class SchoolGroup:
    """One part of a roster: the pupils from a school, with who to ring about them; or of a group,
    of a workshop, or all."""

    name: str
    adults: tuple[Adult, ...]
    emergency_phone: str
    rows: Sequence[RosterRow]


@dataclass(frozen=True)
class Roster:
    """One event's roster, as far as one person may see it now and wants to."""

    event: Event
    made_at: datetime
    rows: Sequence[RosterRow]
    #: The parts that this person may see now: NEEDS, HEALTH; and CONSENT if it says anything.
    open_parts: frozenset[str]
    may_see_health: bool
    #: Every column that this person may see now: the choice is among them.
    open_columns: Sequence[Column]
    choice: RosterChoice = EVERYTHING
    #: The orders that say something at this event.
    orders: Sequence[RosterOrder] = ()
    #: The groups in their order, for the order by group.
    groups: Sequence[str] = ()
    #: The pupils who lead, for those who look after everybody on the day.
    leaders: Sequence[str] = ()
    #: Whether it is the list of what was answered to the host, and of nothing else.
    only_extras: bool = False

    @property
    def days(self) -> windows.Days:
        """The first and last day, and the windows around them."""
        return windows.days_of(self.event)

    @property
    def by_school(self) -> bool:
        """Whether schools are its parts, each with whom to ring."""
        return self.choice.order is RosterOrder.SCHOOL

    @property
    def columns(self) -> list[Column]:
        """The columns in a file. Who it is about is always there."""
        return [
            column
            for column in self.open_columns
            if column.heading == columns.PUPIL or self.choice.shows(column.heading)
        ]

    @property
    def headings(self) -> list[str]:
        """The headings of the columns in a file."""
        return [column.heading for column in self.columns]

    @property
    def left_out(self) -> list[str]:
        """What is open and was not ticked, so that nobody reads a missing column as "none"."""
        if self.choice.columns is None:
            return []
        shown = self.headings
        return [c.heading for c in self.open_columns if c.part and c.heading not in shown]

    @property
    def pupil_columns(self) -> list[Column]:
        """The columns in the table of one part: who first, and without what stands above it."""
        above = {RosterOrder.GROUP: GROUP}.get(self.choice.order, "")
        shown = [
            column
            for column in self.columns
            if column.heading != above and not (self.by_school and column.of_school)
        ]
        return sorted(shown, key=lambda column: column.heading != columns.PUPIL)

    @property
    def schools(self) -> list[SchoolGroup]:
        """The rows in their parts, in order."""
        match self.choice.order:
            case RosterOrder.NAME:
                return [SchoolGroup(EVERYBODY, (), "", self.rows)] if self.rows else []
            case RosterOrder.GROUP:
                return list(self._by_group())
            case RosterOrder.WORKSHOP:
                return list(self._by_workshop())
        return list(self._by_school())

    def _by_school(self) -> Iterator[SchoolGroup]:
        shown = self.headings
        for name, group in groupby(self.rows, lambda row: row.school):
            found = list(group)
            adults = found[0].adults if ADULTS in shown else ()
            phone = found[0].emergency_phone if EMERGENCY in shown else ""
            yield SchoolGroup(name, adults, phone, found)

    def _by_group(self) -> Iterator[SchoolGroup]:
        for group in (*self.groups, ""):
            if found := [row for row in self.rows if row.group == group]:
                yield SchoolGroup(group or NO_GROUP, (), "", found)

    def _by_workshop(self) -> Iterator[SchoolGroup]:
        """Yield each workshop with its pupils: somebody who goes to two stands in both."""
        for title in sorted({title for row in self.rows for title in row.workshops}):
            yield SchoolGroup(title, (), "", [r for r in self.rows if title in r.workshops])
        if left := [row for row in self.rows if not row.workshops]:
            yield SchoolGroup(NO_WORKSHOP, (), "", left)

    @property
    def shows_health(self) -> bool:
        """Whether life-safety alerts are among the columns, because reading them is recorded."""
        return any(column.part == HEALTH for column in self.columns)

    @property
    def totals(self) -> Totals:
        """How many there are of each, as far as it is open, also where a column is not shown."""
        return figures.totals(
            self.rows, health=HEALTH in self.open_parts, needs=NEEDS in self.open_parts
        )


def of(event: Event, *, actor: Actor, now: datetime, choice: RosterChoice = EVERYTHING) -> Roster:
    """Return an event's roster with everything that `actor` may see now and has chosen."""
    scope = Scope(event.host_school_id, event.id)
    may_see_health = may(actor, Action.SEE_HEALTH, scope)
    added = extras.of(event, actor=actor)
    found = rows(
        event,
        now=now,
        needs=may_see_health,  # a diet may reveal a religion, and an adjustment a disability
        health=may_see_health,
        more=added,
        by_name=choice.order is RosterOrder.NAME,
    )
    parts = _open_parts(event, found, now=now, may_see_health=may_see_health)
    orders = _orders({extra.heading for extra in added})
    chosen = choice if choice.order in orders else RosterChoice(columns=choice.columns)
    return Roster(
        event,
        now,
        found,
        parts,
        may_see_health,
        columns.open_to(parts, added),
        chosen,
        orders,
        groups=[group.name for group in group_queries.groups(event.id)],
        leaders=_leaders(event) if may(actor, Action.TAKE_REGISTER, scope) else [],
    )


def _open_parts(
    event: Event, found: Sequence[RosterRow], *, now: datetime, may_see_health: bool
) -> frozenset[str]:
    days = windows.days_of(event)
    is_open = {
        NEEDS: may_see_health and days.needs_are_open(now),
        HEALTH: may_see_health and days.health_is_open(now),
        CONSENT: any(row.consent for row in found),
    }
    return frozenset(part for part, is_shown in is_open.items() if is_shown)


def _orders(headings: set[str]) -> list[RosterOrder]:
    needed = {RosterOrder.GROUP: GROUP, RosterOrder.WORKSHOP: WORKSHOPS}
    return [order for order in RosterOrder if needed.get(order) in {None, *headings}]


def _leaders(event: Event) -> list[str]:
    leading = leading_queries.of_event(event.id)
    return [pupil.name for pupil in leading.pupils] if leading else []


def answers_of(event: Event, *, actor: Actor, now: datetime) -> Roster:
    """Return who is expected with what was answered to the host, and nothing else."""
    more = extras.answers(event, actor=actor)
    found = rows(event, now=now, needs=False, health=False, more=more)
    shown = columns.of_answers(more)
    return Roster(event, now, found, frozenset(), False, shown, only_extras=True)
