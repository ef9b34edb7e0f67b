"""Writes of pupils: one at a time, a whole import, everybody up a year."""

from booking.people.pupils.details import PARENTS_MAX, ParentDetails, known_parents, names_apart
from booking.people.pupils.refusals import (
    AlreadyLeft,
    ClassTooLong,
    NameTooLong,
    PupilNameMissing,
    PupilRefused,
    SamePupil,
    YearNotTaught,
)
from booking.people.pupils.service.forgetting import (
    add_nobody,
    has_children,
    remove_for_good,
    remove_parent_for_good,
)
from booking.people.pupils.service.importing import ImportCounts, import_pupils
from booking.people.pupils.service.pupils import add_pupil, change_pupil, note_export, remove_pupil
from booking.people.pupils.service.years import (
    AlreadyMovedUp,
    MovedUp,
    MoveUndone,
    NothingToUndo,
    NotTheTime,
    PupilListChanged,
    move_up,
    year_of_lists,
)

__all__ = [
    "PARENTS_MAX",
    "AlreadyLeft",
    "AlreadyMovedUp",
    "ClassTooLong",
    "ImportCounts",
    "MoveUndone",
    "MovedUp",
    "NameTooLong",
    "NotTheTime",
    "NothingToUndo",
    "ParentDetails",
    "PupilListChanged",
    "PupilNameMissing",
    "PupilRefused",
    "SamePupil",
    "YearNotTaught",
    "add_nobody",
    "add_pupil",
    "change_pupil",
    "has_children",
    "import_pupils",
    "known_parents",
    "move_up",
    "names_apart",
    "note_export",
    "remove_for_good",
    "remove_parent_for_good",
    "remove_pupil",
    "year_of_lists",
]
