"""What may be done with resources: share, note how it went, tell the lead, use, follow."""

from booking.network.resources.refusals import (
    ForTheLead,
    NoteHidden,
    NotTheirSchool,
    OwnResource,
    ProblemSettled,
    ResourceRefused,
    ResourceStands,
    ResourceWithdrawn,
)
from booking.network.resources.service.following import end_feed, forget, make_feed
from booking.network.resources.service.noting import (
    change_note,
    hide_note,
    show_note,
    take_note_back,
    write_note,
)
from booking.network.resources.service.sharing import (
    add,
    add_version,
    change,
    put_back,
    withdraw,
)
from booking.network.resources.service.telling import settle_problem, tell_problem
from booking.network.resources.service.using import put_with, take_along, take_from

__all__ = [
    "ForTheLead",
    "NotTheirSchool",
    "NoteHidden",
    "OwnResource",
    "ProblemSettled",
    "ResourceRefused",
    "ResourceStands",
    "ResourceWithdrawn",
    "add",
    "add_version",
    "change",
    "change_note",
    "end_feed",
    "forget",
    "hide_note",
    "make_feed",
    "put_back",
    "put_with",
    "settle_problem",
    "show_note",
    "take_along",
    "take_from",
    "take_note_back",
    "tell_problem",
    "withdraw",
    "write_note",
]
