"""Reads of partners' calendars: for the lead who manages them, and for everybody else."""

from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Date, Select, bindparam, func, select
from sqlalchemy.orm import joinedload

from booking.days.partners.models import PartnerDate, PartnerFeed
from booking.domain.checking_dates import NotedDay
from booking.foundation.db import db, rows
from booking.foundation.web import paging

#: How many dates are shown on pages about something else.
SOON_MAX = 4


def feed_by_public_id(public_id: str) -> PartnerFeed | None:
    """Return a partner's calendar."""
    return db.session.scalar(select(PartnerFeed).where(PartnerFeed.public_id == public_id))


def feed_by_url(url: str) -> PartnerFeed | None:
    """Return the partner's calendar at this address."""
    return db.session.scalar(select(PartnerFeed).where(PartnerFeed.url == url))


def count() -> int:
    """Return how many partners' calendars are followed."""
    return db.session.scalar(select(func.count(PartnerFeed.id))) or 0


def all_feeds() -> list[tuple[PartnerFeed, int]]:
    """Return every partner's calendar with how many dates it has, by name."""
    dates = (
        select(func.count(PartnerDate.id))
        .where(PartnerDate.feed_id == PartnerFeed.id)
        .scalar_subquery()
    )
    found = db.session.execute(
        select(PartnerFeed, dates).order_by(PartnerFeed.name, PartnerFeed.id)
    )
    return [(feed, held) for feed, held in found]


def public_feeds() -> list[str]:
    """Return the names of the partners whose calendars have been read."""
    statement = select(PartnerFeed.name).where(PartnerFeed.read_at.is_not(None))
    return list(db.session.scalars(statement.order_by(PartnerFeed.name, PartnerFeed.id)))


def coming(*, on: date, page: int) -> "paging.Page[PartnerDate]":
    """Return one page of partners' dates from a day onwards, soonest first."""
    return paging.page_of(_coming(on).options(joinedload(PartnerDate.feed)), number=page)


class Soon(NamedTuple):
    """What is shown about a partner's date, as columns."""

    title: str
    location: str
    link: str
    first_on: date
    last_on: date
    starts_at: datetime | None
    ends_at: datetime | None
    #: The partner's name.
    partner: str


def soon(*, on: date) -> list[Soon]:
    """Return partners' next few dates, for home pages: plain rows."""
    return [Soon(*row) for row in rows(_soon(), on=on)]


@cache
def _soon() -> Select[Any]:
    told = [getattr(PartnerDate, name) for name in Soon._fields[:-1]]
    dates = _coming(bindparam("on", type_=Date)).join(PartnerDate.feed)
    return dates.with_only_columns(*told, PartnerFeed.name).limit(SOON_MAX)


def between(*, first_on: date, last_on: date) -> list[NotedDay]:
    """Return what partners have on in these days, to check the dates of an event against."""
    statement = (
        select(
            PartnerDate.title,
            PartnerFeed.name,
            PartnerDate.first_on,
            PartnerDate.last_on,
            PartnerDate.starts_at,
            PartnerDate.ends_at,
        )
        .join(PartnerDate.feed)
        .where(PartnerDate.last_on >= first_on, PartnerDate.first_on <= last_on)
        .order_by(PartnerDate.first_on, PartnerDate.id)
    )
    return [NotedDay(*row) for row in db.session.execute(statement)]


def _coming(on: Any) -> Select[Any]:
    return (
        select(PartnerDate)
        .where(PartnerDate.last_on >= on)
        .order_by(
            PartnerDate.first_on,
            PartnerDate.starts_at.is_not(None),
            PartnerDate.starts_at,
            PartnerDate.id,
        )
    )


def troubled() -> list[PartnerFeed]:
    """Return the calendars that could not be read at the last try, by name."""
    statement = select(PartnerFeed).where(PartnerFeed.problem != "").order_by(PartnerFeed.name)
    return list(db.session.scalars(statement))
