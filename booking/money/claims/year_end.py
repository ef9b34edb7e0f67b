"""What claims add to the check list for closing a year."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from booking.domain import english
from booking.foundation.clock import LONDON
from booking.foundation.web import addresses
from booking.money.claims import queries
from booking.money.fund.ports import Point


def points(first_on: date, last_on: date, /) -> Sequence[Point]:
    """Return whether every claim of the year is decided and paid; a later one counts next year."""
    begin, end = (
        datetime.combine(on, time(0), tzinfo=LONDON) for on in (first_on, last_on + timedelta(1))
    )
    waiting = queries.open_between(begin, end)
    words = english.plural(waiting, "claim is", "claims are")
    problem = f"{words} not paid. Once the year is closed, they count for the next."
    return [Point("Every claim is paid", problem if waiting else "", addresses.FUND_CLAIMS())]
