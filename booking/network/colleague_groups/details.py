"""Plain values of groups: what one is, and what is looked for."""

from dataclasses import dataclass
from typing import NamedTuple

from booking.domain.grouping_colleagues import GroupKind, Joining
from booking.domain.resourcing import SubjectArea
from booking.network.colleague_groups.models import StaffGroup


@dataclass(frozen=True)
class GroupDetails:
    """What is said about a group."""

    name: str
    kind: GroupKind
    subject: SubjectArea
    purpose: str
    joining: Joining


@dataclass(frozen=True)
class GroupFilters:
    """What somebody looks for in the list."""

    q: str = ""
    subject: SubjectArea | None = None
    kind: GroupKind | None = None
    #: Only groups that one is in.
    mine: bool = False
    ended: bool = False


class InGroup(NamedTuple):
    """How many are in a group, and who leads it."""

    members: int
    leaders: tuple[str, ...]


def details_of(group: StaffGroup) -> GroupDetails:
    """Return what is said about a stored group."""
    names = ("name", "kind", "subject", "purpose", "joining")
    return GroupDetails(**{name: getattr(group, name) for name in names})


def copy_onto(group: StaffGroup, details: GroupDetails) -> None:
    """Write what is said about a group onto its row."""
    for name, value in vars(details).items():
        setattr(group, name, value.strip() if name in {"name", "purpose"} else value)


def circle(group: StaffGroup) -> str:
    """Return how the group's meetings name it."""
    return f"group:{group.public_id}"


def changed_fields(before: GroupDetails, after: GroupDetails) -> tuple[str, ...]:
    """Return the names of the fields that differ."""
    return tuple(name for name in vars(before) if getattr(before, name) != getattr(after, name))
