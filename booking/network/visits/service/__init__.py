"""What may be done with visits: open, change, cancel; ask, answer, withdraw; write a note."""

from booking.network.visits.refusals import (
    AskedToCome,
    NoteTooEarly,
    NotForYou,
    NotHostSchool,
    VisitFull,
    VisitOver,
    VisitRefused,
)
from booking.network.visits.service.asking import answer, ask, withdraw, write_note
from booking.network.visits.service.leaving import forget, of_leaver
from booking.network.visits.service.opening import cancel, change, open_visit

__all__ = [
    "AskedToCome",
    "NotForYou",
    "NotHostSchool",
    "NoteTooEarly",
    "VisitFull",
    "VisitOver",
    "VisitRefused",
    "answer",
    "ask",
    "cancel",
    "change",
    "forget",
    "of_leaver",
    "open_visit",
    "withdraw",
    "write_note",
]
