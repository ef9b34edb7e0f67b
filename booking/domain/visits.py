"""Visits: staff see a lesson, a practice or a week at another school.

A school opens a visit with room for a few; colleagues of other schools ask to come; whoever opened
it answers each. That a visit took place follows from the time: nobody has to say so.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from booking.domain.problems import Problem

TITLE_MAX, SUBJECT_MAX, WORDS_MAX, NOTE_MAX = 120, 80, 1000, 2000
#: More at once is a meeting.
ROOM_MAX = 12
#: Longer than this is not a visit.
LONGEST = timedelta(days=31)
#: Nobody knows their timetable further ahead.
AHEAD_MAX = timedelta(days=400)
#: For how long a visitor is asked for a note; it may be written for as long as the visit is kept.
NOTE_ASKED_FOR = timedelta(days=30)


class VisitKind(StrEnum):
    """What a visitor sees."""

    LESSON = "lesson"
    PRACTICE = "practice"
    WEEK = "week"


class VisitState(StrEnum):
    """How a visit, or what one colleague asked about it, stands."""

    #: Of a visit: colleagues can ask to come.
    OPENED = "opened"
    CANCELLED = "cancelled"
    TOOK_PLACE = "took_place"
    #: Of one colleague.
    ASKED = "asked"
    AGREED = "agreed"
    TURNED_DOWN = "turned_down"
    WITHDRAWN = "withdrawn"


#: What may follow. An answer can be put right, and whoever withdrew may ask again.
MOVES: Mapping[VisitState, frozenset[VisitState]] = MappingProxyType(
    {
        VisitState.OPENED: frozenset({VisitState.CANCELLED, VisitState.TOOK_PLACE}),
        VisitState.CANCELLED: frozenset(),
        VisitState.TOOK_PLACE: frozenset(),
        VisitState.ASKED: frozenset(
            {
                VisitState.AGREED,
                VisitState.TURNED_DOWN,
                VisitState.WITHDRAWN,
                VisitState.CANCELLED,
            }
        ),
        VisitState.AGREED: frozenset(
            {
                VisitState.TURNED_DOWN,
                VisitState.WITHDRAWN,
                VisitState.CANCELLED,
                VisitState.TOOK_PLACE,
            }
        ),
        VisitState.TURNED_DOWN: frozenset({VisitState.AGREED, VisitState.CANCELLED}),
        VisitState.WITHDRAWN: frozenset({VisitState.ASKED}),
    }
)
#: Those who still hope to come, or will: they are told what happens with the visit.
COMING = frozenset({VisitState.ASKED, VisitState.AGREED})


@dataclass(frozen=True)
class VisitDetails:
    """What a school opens."""

    title: str
    kind: VisitKind
    #: Whose lesson or practice it is, such as "Year 5 mathematics".
    subject: str
    starts_at: datetime
    ends_at: datetime
    #: A range of whole days; otherwise hours of one day.
    whole_days: bool
    room: int
    #: Anything to know: where to report, lunch, what to bring.
    about: str
    #: Whether associates may ask too, and not schools alone.
    for_partners: bool


def problems(details: VisitDetails, *, agreed: int, now: datetime) -> Iterator[Problem]:
    """Yield what is wrong with a visit, field by field; `agreed` visitors have a yes already."""
    if not details.title.strip():
        yield Problem("title", "Say what one would see, such as “Reading aloud in Year 2”.")
    for name, said, most in (
        ("title", details.title, TITLE_MAX),
        ("subject", details.subject, SUBJECT_MAX),
        ("about", details.about, WORDS_MAX),
    ):
        if len(said) > most:
            yield Problem(name, f"Shorten this to {most:,} characters.")
    end = "last_on" if details.whole_days else "ends"
    if details.ends_at <= details.starts_at:
        yield Problem(end, "It ends before it begins. Check both.")
    elif details.ends_at - details.starts_at > LONGEST:
        yield Problem(end, f"A visit lasts at most {LONGEST.days} days. Open several.")
    if details.starts_at <= now:
        yield Problem("on", "This is over, or has begun. Choose a later day.")
    elif details.starts_at > now + AHEAD_MAX:
        yield Problem("on", "This is more than a year ahead. Open it later.")
    if not 1 <= details.room <= ROOM_MAX:
        yield Problem("room", f"Enter a number from 1 to {ROOM_MAX}.")
    elif details.room < agreed:
        yield Problem("room", f"You have said yes to {agreed} already. Leave room for them.")


def has_room(*, room: int, agreed: int) -> bool:
    """Return whether one more visitor can come: never more visitors than room."""
    return agreed < room


def standing(state: VisitState, *, ends_at: datetime, now: datetime) -> VisitState:
    """Return how a visit, or a colleague's part in it, stands: what was on took place by its end.

    What nobody answered in time stays as it was asked.
    """
    over = ends_at <= now and VisitState.TOOK_PLACE in MOVES[state]
    return VisitState.TOOK_PLACE if over else state


def may_ask(
    *, schools: Collection[int], is_associate: bool, host_school: int, for_partners: bool
) -> bool:
    """Return whether somebody may ask to come: of another school, or an associate if it says so."""
    if host_school in schools:
        return False
    return bool(schools) or (is_associate and for_partners)


def may_note(state: VisitState, *, ends_at: datetime, now: datetime) -> bool:
    """Return whether a visitor may write what they took home: they had a yes, and it is over."""
    return state is VisitState.AGREED and ends_at <= now


@dataclass(frozen=True)
class HostingCounts:
    """What one school has hosted, and what it received from others, over some school years."""

    school_id: int
    events: int = 0
    meetings: int = 0
    visits: int = 0
    #: Events elsewhere to which its pupils came.
    went_to: int = 0
    #: Visits that its staff made to others.
    visited: int = 0

    @property
    def hosted(self) -> int:
        """How often it has hosted anything."""
        return self.events + self.meetings + self.visits

    @property
    def received(self) -> int:
        """How often it has gone to others."""
        return self.went_to + self.visited


def turns(counts: Iterable[HostingCounts]) -> list[HostingCounts]:
    """Return schools in the order in which they might host next.

    Whoever has received most beyond what they hosted comes first; among equals, whoever has hosted
    less. It is a suggestion: a small school, or one without a hall, has good reasons.
    """
    return sorted(counts, key=lambda one: (one.hosted - one.received, one.hosted, one.school_id))
