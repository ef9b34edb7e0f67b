"""What a person may ask about what is held of them, and by when they are answered.

One calendar month from the day on which a request arrives, and two more if it is complex and the
person is told why within the first: Article 12(3) of the UK GDPR. How a month is counted is Article
3 of Regulation (EEC, Euratom) No 1182/71 and the guidance of the Information Commissioner (ICO):
until the same day of the month, or the last day of a month that has no such day; if that is a
Saturday, a Sunday or a public holiday, until the next day that is none of these.
"""

import calendar
from collections.abc import Collection
from datetime import date, datetime, timedelta
from enum import StrEnum

#: How many calendar months an answer may take, and a complex one in all.
MONTHS, MONTHS_IF_COMPLEX = 1, 3
#: From how many days before it is due an answer is urgent.
SOON = timedelta(days=7)
_SATURDAY = 5
#: How long before a restriction ends whoever asked for it is told, so that they can say something.
#: Article 18(3) wants them told before, and names no time.
LIFT_NOTICE = timedelta(days=7)


class DataRight(StrEnum):
    """What may be asked: an article of the UK GDPR each."""

    #: Article 15.
    ACCESS = "access"
    #: Article 16.
    RECTIFICATION = "rectification"
    #: Article 17.
    ERASURE = "erasure"
    #: Article 18.
    RESTRICTION = "restriction"
    #: Article 21.
    OBJECTION = "objection"


class RestrictionGround(StrEnum):
    """Why something is only kept and not used: a point of Article 18(1) each."""

    #: Article 18(1)(a).
    ACCURACY = "accuracy"
    #: Article 18(1)(b).
    UNLAWFUL = "unlawful"
    #: Article 18(1)(c).
    CLAIM = "claim"
    #: Article 18(1)(d), and Article 21 once the objection was granted.
    OBJECTION = "objection"


class AskedState(StrEnum):
    """How a request stands."""

    OPEN = "open"
    DONE = "done"
    #: Not done, or not all of it, for a reason that the person is told.
    REFUSED = "refused"


class AskedChannel(StrEnum):
    """How a request came."""

    PAGE = "page"
    POST = "post"
    EMAIL = "email"
    TELEPHONE = "telephone"
    IN_PERSON = "in_person"


def answer_by(received_on: date, bank_holidays: Collection[date], *, months: int = MONTHS) -> date:
    """Return the last day for an answer: so many calendar months on, but on no day of rest."""
    on = _months_after(received_on, months)
    while on.weekday() >= _SATURDAY or on in bank_holidays:
        on += timedelta(days=1)
    return on


def _months_after(on: date, months: int) -> date:
    years, month = divmod(on.month - 1 + months, 12)
    year, month = on.year + years, month + 1
    return date(year, month, min(on.day, calendar.monthrange(year, month)[1]))


def is_soon(due_on: date, today: date) -> bool:
    """Return whether an answer is urgent, or late."""
    return due_on - today <= SOON


def may_take_longer(due_on: date, today: date) -> bool:
    """Return whether a person can still be told that it takes longer: only within the month."""
    return today <= due_on


def lifts_at(now: datetime, *, is_told: bool) -> datetime:
    """Return when a restriction ends that somebody lifts now: at once if whoever asked knows."""
    return now if is_told else now + LIFT_NOTICE
