"""Writes about incidents, calls and heads counted."""

from booking.on_the_day.incidents.service.calling import note_call, settle
from booking.on_the_day.incidents.service.closing import close, keep_for, note_read, reopen
from booking.on_the_day.incidents.service.counting import count, explain, set_times
from booking.on_the_day.incidents.service.searching import start_search, take_step, undo_step
from booking.on_the_day.incidents.service.writing import add, change, write

__all__ = [
    "add",
    "change",
    "close",
    "count",
    "explain",
    "keep_for",
    "note_call",
    "note_read",
    "reopen",
    "set_times",
    "settle",
    "start_search",
    "take_step",
    "undo_step",
    "write",
]
