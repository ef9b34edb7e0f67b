"""Writes about the way to an event: a school's plan, seats that are shared, the host's notes."""

from booking.on_the_day.travel.refusals import (
    NobodyTravels,
    NotEnoughSeats,
    SeatsAsked,
    SeatsDecided,
    SeatsRefused,
    TravelRefused,
)
from booking.on_the_day.travel.service.following import call_off, follow_change
from booking.on_the_day.travel.service.notes import save_notes
from booking.on_the_day.travel.service.plans import save_plan
from booking.on_the_day.travel.service.reading import note_cards, note_pack
from booking.on_the_day.travel.service.seats import (
    ask,
    confirm,
    decline,
    problems,
    read_news,
    take_back,
    withdraw,
)

__all__ = [
    "NobodyTravels",
    "NotEnoughSeats",
    "SeatsAsked",
    "SeatsDecided",
    "SeatsRefused",
    "TravelRefused",
    "ask",
    "call_off",
    "confirm",
    "decline",
    "follow_change",
    "note_cards",
    "note_pack",
    "problems",
    "read_news",
    "save_notes",
    "save_plan",
    "take_back",
    "withdraw",
]
