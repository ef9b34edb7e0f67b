"""What may be done with walk-ins: write one down, say that the school was rung, take it back;
and, for the home school, say who it was.

None of it changes a booking, a place, the line or money.
"""

from booking.on_the_day.walk_ins.service.door import add, note_asked, undo
from booking.on_the_day.walk_ins.service.home import settle

__all__ = ["add", "note_asked", "settle", "undo"]
