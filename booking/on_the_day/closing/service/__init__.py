"""Writes of the end of a day: close it and open it again, lost property, thanks, a reflection."""

from booking.on_the_day.closing.service.days import close, reopen
from booking.on_the_day.closing.service.lost import (
    claim_thing,
    list_thing,
    move_thing,
    remove_thing,
    unclaim_thing,
)
from booking.on_the_day.closing.service.reflecting import reflect
from booking.on_the_day.closing.service.thanking import begin_thanks

__all__ = [
    "begin_thanks",
    "claim_thing",
    "close",
    "list_thing",
    "move_thing",
    "reflect",
    "remove_thing",
    "reopen",
    "unclaim_thing",
]
