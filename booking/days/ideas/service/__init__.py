"""What may be done to an idea: propose, change, second, take up, close."""

from booking.days.ideas.details import IdeaDetails
from booking.days.ideas.refusals import (
    HostNotTheirs,
    IdeaNotOpen,
    IdeaRefused,
    NotForThisSchool,
)
from booking.days.ideas.service.proposing import change, close, propose
from booking.days.ideas.service.seconding import second, undo_second
from booking.days.ideas.service.silence import look_after_silent
from booking.days.ideas.service.taking_up import follow_publication, take_up
from booking.days.ideas.service.telling import tell_of_seconds

__all__ = [
    "HostNotTheirs",
    "IdeaDetails",
    "IdeaNotOpen",
    "IdeaRefused",
    "NotForThisSchool",
    "change",
    "close",
    "follow_publication",
    "look_after_silent",
    "propose",
    "second",
    "take_up",
    "tell_of_seconds",
    "undo_second",
]
