"""Writes about who reads what families answered, and who has seen that it changed."""

from booking.on_the_day.answers.service.changing import follow_asked, follow_change, see
from booking.on_the_day.answers.service.opening import open_contact
from booking.on_the_day.answers.service.reading import note_coach_list

__all__ = [
    "follow_asked",
    "follow_change",
    "note_coach_list",
    "open_contact",
    "see",
]
