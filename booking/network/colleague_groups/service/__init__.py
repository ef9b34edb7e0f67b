"""What may be done with groups: found, join, lead, note, end."""

from booking.network.colleague_groups.refusals import (
    AskOver,
    GroupEnded,
    GroupNotKept,
    InIt,
    NobodyAtAddress,
    NotInIt,
    OnRequest,
)
from booking.network.colleague_groups.service.founding import begin_again, change, end, found
from booking.network.colleague_groups.service.joining import (
    answer_ask,
    ask_in,
    ask_to_join,
    join,
    leave,
    of_leaver,
    take_out,
)
from booking.network.colleague_groups.service.leading import (
    give_up_leading,
    let_lead,
    take_the_lead,
)
from booking.network.colleague_groups.service.noting import call_meeting, take_note_back, write

__all__ = [
    "AskOver",
    "GroupEnded",
    "GroupNotKept",
    "InIt",
    "NobodyAtAddress",
    "NotInIt",
    "OnRequest",
    "answer_ask",
    "ask_in",
    "ask_to_join",
    "begin_again",
    "call_meeting",
    "change",
    "end",
    "found",
    "give_up_leading",
    "join",
    "leave",
    "let_lead",
    "of_leaver",
    "take_note_back",
    "take_out",
    "take_the_lead",
    "write",
]
