"""Writes for the day: who accompanies pupils, who was there, and who looked at the roster."""

from booking.on_the_day.rosters.service.adults import (
    ADULTS_MAX,
    AdultRefused,
    AdultRestricted,
    NobodyGoes,
    TooManyAdults,
    add_adult,
    bring_as_before,
    remove_adult,
)
from booking.on_the_day.rosters.service.phones import TAPS_MAX, take_from_phone
from booking.on_the_day.rosters.service.reading import note_download, note_health_read
from booking.on_the_day.rosters.service.register import (
    NotExpected,
    RegisterClosed,
    RegisterRefused,
    mark,
    mark_rest_present,
)

__all__ = [
    "ADULTS_MAX",
    "TAPS_MAX",
    "AdultRefused",
    "AdultRestricted",
    "NobodyGoes",
    "NotExpected",
    "RegisterClosed",
    "RegisterRefused",
    "TooManyAdults",
    "add_adult",
    "bring_as_before",
    "mark",
    "mark_rest_present",
    "note_download",
    "note_health_read",
    "remove_adult",
    "take_from_phone",
]
