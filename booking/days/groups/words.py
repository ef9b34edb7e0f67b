"""What groups are called if nobody says otherwise, and the parts of the day."""

from enum import StrEnum

from booking.days.groups.models import WorkshopTime
from booking.domain.workshops.choices import Half

HALF_WORDS = {Half.FIRST: "First part of the day", Half.SECOND: "Second part of the day"}
TIME_WORDS = {
    WorkshopTime.FIRST: "The first part of the day",
    WorkshopTime.SECOND: "The second part of the day",
    WorkshopTime.WHOLE_DAY: "The whole day",
}


class GroupNaming(StrEnum):
    """How new groups are named."""

    COLOURS = "colours"
    TABLES = "tables"
    NUMBERS = "numbers"


NAMING_WORDS = {
    GroupNaming.COLOURS: "Colours: Red, Blue, Green …",
    GroupNaming.TABLES: "Table 1, Table 2 …",
    GroupNaming.NUMBERS: "Group 1, Group 2 …",
}
COLOURS = (
    "Red",
    "Blue",
    "Green",
    "Yellow",
    "Orange",
    "Purple",
    "White",
    "Pink",
    "Brown",
    "Silver",
    "Gold",
    "Black",
)


def names(count: int, naming: GroupNaming, *, taken: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return `count` names: those that groups have already, then new ones."""
    wanted = (_name(number, naming) for number in range(count + len(taken)))
    used = {name.casefold() for name in taken}
    fresh = [name for name in wanted if name.casefold() not in used]
    return (*taken, *fresh)[:count]


def _name(number: int, naming: GroupNaming) -> str:
    if naming is GroupNaming.COLOURS and number < len(COLOURS):
        return COLOURS[number]
    return f"{'Table' if naming is GroupNaming.TABLES else 'Group'} {number + 1}"
