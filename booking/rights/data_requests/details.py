"""What was asked, as plain values, and what is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from booking.domain.data_rights import AskedChannel, DataRight
from booking.domain.problems import Problem
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.people.pupils.models import Parent, Pupil
from booking.people.schools.models import Person

NAME_MAX, WORDS_MAX = 200, 2000
#: A letter that was found later than this has another year typed.
OLDEST = timedelta(days=366)


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    right: DataRight
    asker: str
    about: str
    received_on: date
    channel: AskedChannel = AskedChannel.PAGE
    wanted: str = ""
    reply_to: str = ""
    pupil: Pupil | None = None
    parent: Parent | None = None
    person: Person | None = None
    adult: AccompanyingAdult | None = None


def problems(asked: Asked, *, today: date) -> Iterable[Problem]:
    """Yield what is wrong, by field."""
    if not asked.asker:
        yield Problem("asker", "Write who asks.")
    if not asked.about:
        yield Problem("about", "Write whom it is about.")
    if max(len(asked.asker), len(asked.about)) > NAME_MAX:
        yield Problem("about", f"Shorten the names to {NAME_MAX} characters.")
    if asked.right is DataRight.RECTIFICATION and not asked.wanted:
        yield Problem("wanted", "Write what is wrong, and how it should be.")
    if len(asked.wanted) > WORDS_MAX:
        yield Problem("wanted", f"Shorten this to {WORDS_MAX:,} characters.")
    if asked.received_on > today:
        yield Problem("received_on", "This day is still to come. Enter when it arrived.")
    if asked.received_on < today - OLDEST:
        yield Problem("received_on", "This is more than a year ago. Check the year.")
