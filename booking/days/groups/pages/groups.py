"""What the page of the groups shows, ready for the template."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from booking.days.events.models import Event
from booking.days.groups import queries
from booking.days.groups.models import EventGroup, GroupPlan
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.domain import english, terms, year_groups


@dataclass(frozen=True)
class MemberRow:
    """One pupil on the page."""

    booking: Booking
    #: Their group, and whether they stay there when groups are proposed again.
    group_id: int | None
    pinned: bool

    @property
    def name(self) -> str:
        """Return the name that the host knows."""
        return self.booking.pupil.name.strip()

    @property
    def hint(self) -> str:
        """Return year and school."""
        year = year_groups.name(self.booking.pupil.year_group)
        return f"{year}, {self.booking.school.name}"


@dataclass(frozen=True)
class GroupBox:
    """A group with its pupils; without a group: those who are in none."""

    group: EventGroup | None
    rows: Sequence[MemberRow]

    @property
    def mix(self) -> str:
        """Return how many pupils there are from each school: "Ashdale 2, Birchwood 1"."""
        names = sorted(row.booking.school.name for row in self.rows)
        found = [(name, len(list(same))) for name, same in groupby(names)]
        return ", ".join(f"{name} {count}" for name, count in found)


@dataclass(frozen=True)
class GroupsPage:
    """The groups of an event, and who is in them."""

    groups: Sequence[EventGroup]
    boxes: Sequence[GroupBox]
    plan: GroupPlan | None

    @property
    def version(self) -> int:
        """Return which state of the groups this is."""
        return self.plan.version if self.plan else 0

    @property
    def rows(self) -> list[MemberRow]:
        """Return every pupil on the page."""
        return [row for box in self.boxes for row in box.rows]

    @property
    def left(self) -> int:
        """Return how many pupils are in no group."""
        return sum(row.group_id is None for row in self.rows)

    @property
    def lede(self) -> str:
        """Return how many groups there are for how many pupils."""
        pupils = english.plural(len(self.rows), "pupil")
        groups = english.plural(len(self.groups), "group") if self.groups else "no groups yet"
        return f"{pupils} expected, {groups}."

    @property
    def undo_words(self) -> str:
        """Return who changed the groups last, and when; "" if it cannot be taken back."""
        if self.plan is None or self.plan.before is None:
            return ""
        who = f" by {self.plan.changed_by.name}" if self.plan.changed_by else ""
        return f"Last changed{who} on {terms.deadline_text(self.plan.changed_at)}."


def page_of(event: Event) -> GroupsPage:
    """Return the groups of an event as they are now."""
    groups = queries.groups(event.id)
    members = {member.booking_id: member for member in queries.members(event.id)}
    rows = [
        MemberRow(
            booking,
            members[booking.id].group_id if booking.id in members else None,
            booking.id in members and members[booking.id].pinned,
        )
        for booking in place_queries.expected(event.id)
    ]
    ids = [(None, None), *((group, group.id) for group in groups)]
    boxes = [GroupBox(group, [r for r in rows if r.group_id == id_]) for group, id_ in ids]
    shown = boxes if boxes[0].rows else boxes[1:]
    return GroupsPage(groups, shown, queries.plan(event.id))
