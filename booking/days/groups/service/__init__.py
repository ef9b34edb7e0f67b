"""Writes of groups and workshops: propose, choose, share out, move by hand, take back."""

from booking.days.groups.refusals import (
    ChangedSince,
    ChoosingIsOver,
    ClosesTooLate,
    GroupsRefused,
    NoNumber,
    NoPlaceHere,
    NotClosedYet,
    NothingToTakeBack,
    NotYetOrOver,
    SameName,
    SharedAlready,
    TooFewPlaces,
    TooManyGroups,
    WishesChanged,
    WishTwice,
    WorkshopFull,
    WorkshopsFixed,
    WorkshopsRefused,
)
from booking.days.groups.service import offering, seating, sharing
from booking.days.groups.service.arranging import arrange, fill, propose, undo
from booking.days.groups.service.choosing import choose, is_open
from booking.days.groups.service.following import copy_to, forget

__all__ = [
    "ChangedSince",
    "ChoosingIsOver",
    "ClosesTooLate",
    "GroupsRefused",
    "NoNumber",
    "NoPlaceHere",
    "NotClosedYet",
    "NotYetOrOver",
    "NothingToTakeBack",
    "SameName",
    "SharedAlready",
    "TooFewPlaces",
    "TooManyGroups",
    "WishTwice",
    "WishesChanged",
    "WorkshopFull",
    "WorkshopsFixed",
    "WorkshopsRefused",
    "arrange",
    "choose",
    "copy_to",
    "fill",
    "forget",
    "is_open",
    "offering",
    "propose",
    "seating",
    "sharing",
    "undo",
]
