"""Writes of groups: propose them, move pupils by hand, take the last change back."""

from booking.days.groups.refusals import (
    ChangedSince,
    GroupsRefused,
    NoNumber,
    NothingToTakeBack,
    NotYetOrOver,
    SameName,
    TooManyGroups,
)
from booking.days.groups.service.arranging import arrange, fill, propose, undo
from booking.days.groups.service.following import copy_to, forget

__all__ = [
    "ChangedSince",
    "GroupsRefused",
    "NoNumber",
    "NotYetOrOver",
    "NothingToTakeBack",
    "SameName",
    "TooManyGroups",
    "arrange",
    "copy_to",
    "fill",
    "forget",
    "propose",
    "undo",
]
