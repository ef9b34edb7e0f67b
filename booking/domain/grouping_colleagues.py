"""What groups of colleagues may be: their kinds and sizes, who leads, and when one is silent."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from booking.domain.problems import Problem

NAME_MAX = 80
PURPOSE_MAX = 1000
WORD_MAX = 500
NOTE_MAX = 4000
#: More leaders than this, and nobody knows who does it.
LEADERS_MAX = 2
#: A group in which nothing was said, met or joined for so long is offered an end.
SILENT_AFTER = timedelta(days=365)


class GroupKind(StrEnum):
    """What a group is for."""

    SUBJECT = "subject"
    WORKING = "working"
    PAIR = "pair"
    TRIAD = "triad"


class Joining(StrEnum):
    """How somebody comes into a group."""

    OPEN = "open"
    ON_REQUEST = "on_request"


class AskKind(StrEnum):
    """Who asked for somebody to be in a group."""

    #: They did themselves; whoever leads answers.
    TO_JOIN = "to_join"
    #: Whoever leads did; they answer.
    ASKED_IN = "asked_in"


#: How many are in a pair for co-coaching and in a triad for research; others have any number.
SIZES = {GroupKind.PAIR: 2, GroupKind.TRIAD: 3}


class GroupFull(ValueError):
    """A pair has two, and a triad three."""


class LeadersEnough(ValueError):
    """A group has one leader or two."""


class NoLeaderLeft(ValueError):
    """Whoever leads a group alone hands it over before they go."""


def problems(*, name: str, purpose: str) -> Iterator[Problem]:
    """Yield what is wrong with what is said about a group, field by field."""
    if not name.strip():
        yield Problem("name", "Give it a name, such as “Chess and logic”.")
    elif len(name) > NAME_MAX:
        yield Problem("name", f"Shorten this to {NAME_MAX} characters.")
    if not purpose.strip():
        yield Problem("purpose", "Say in a sentence what it is for.")
    elif len(purpose) > PURPOSE_MAX:
        yield Problem("purpose", f"Shorten this to {PURPOSE_MAX:,} characters.")


def kind_problems(kind: GroupKind, members: int) -> Iterator[Problem]:
    """Yield why a group with so many members cannot be of a kind."""
    most = SIZES.get(kind)
    if most is not None and members > most:
        yield Problem("kind", f"It has {members} members, and this kind has {most} at most.")


def check_room(kind: GroupKind, members: int) -> None:
    """Raise GroupFull unless one more can come into a group with so many members."""
    most = SIZES.get(kind)
    if most is not None and members >= most:
        raise GroupFull(f"It is complete: it has {most} members. Start one of your own.")


def check_leaders(leaders: int) -> None:
    """Raise LeadersEnough unless one more can lead a group with so many leaders."""
    if leaders >= LEADERS_MAX:
        raise LeadersEnough("Two lead it already. One of them gives up leading first.")


def check_leaving(*, leads: bool, leaders: int, members: int) -> None:
    """Raise NoLeaderLeft if somebody who goes would leave members without anybody who leads."""
    if leads and leaders == 1 and members > 1:
        raise NoLeaderLeft("You alone lead this group. Let another member lead it first.")


def is_silent(last_at: datetime, now: datetime) -> bool:
    """Return whether nothing has happened in a group for so long that it is offered an end."""
    return now - last_at >= SILENT_AFTER
