"""The public listing: which events, by which filters, in which order."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import defer, joinedload, selectinload

from booking.days.events import states
from booking.days.events.models import Event, EventDate
from booking.domain import terms
from booking.foundation.clock import LONDON
from booking.foundation.db import db
from booking.foundation.web import paging
from booking.people.schools.models import School

LISTING_SIZE = 20
#: For lists: the long texts, which no card or line shows, stay in the database.
BRIEFLY = (defer(Event.concept), defer(Event.intended_impact), defer(Event.practicalities))


@dataclass(frozen=True)
class Filters:
    """What a visitor is looking for; anything not chosen is left open."""

    q: str = ""
    year: int | None = None
    theme: str = ""
    #: First day of a month.
    month: date | None = None
    #: Slug of the host school.
    host: str = ""
    past: bool = False


@dataclass(frozen=True)
class FilterChoices:
    """What the filters can be set to, given the events that there are."""

    themes: list[str]
    #: Slug and name, by name.
    hosts: list[tuple[str, str]]
    #: First days, in order.
    months: list[date]


def listing(filters: Filters, *, now: datetime, page: int = 1) -> paging.Page[Event]:
    """Return one page of matching events: upcoming ones soonest first, past ones latest first."""
    order = Event.last_ends_at.desc() if filters.past else Event.first_starts_at
    statement = (
        _visible(now, past=filters.past)
        .where(*_conditions(filters))
        .options(joinedload(Event.host_school), selectinload(Event.dates), *BRIEFLY)
        .order_by(order, Event.id)
    )
    return paging.page_of(statement, number=page, size=LISTING_SIZE)


def choices(*, now: datetime, past: bool) -> FilterChoices:
    """Return what the filters can be set to: one query."""
    rows = db.session.execute(
        _visible(now, past=past)
        .join(Event.host_school)
        .with_only_columns(
            Event.theme, School.slug, School.name, Event.first_starts_at, Event.last_ends_at
        )
    ).all()
    themes = {row.theme for row in rows if row.theme}
    hosts = {row.slug: row.name for row in rows}
    spans = {(_month_of(row.first_starts_at), _month_of(row.last_ends_at)) for row in rows}
    months = {month for span in spans for month in _months(*span)}
    return FilterChoices(
        themes=sorted(themes, key=str.casefold),
        hosts=sorted(hosts.items(), key=lambda pair: pair[1].casefold()),
        months=sorted(months, reverse=past),
    )


def _visible(now: datetime, *, past: bool) -> Select[Event]:
    over = states.over(now)
    return select(Event).where(Event.state.in_(states.PUBLIC), over if past else ~over)


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.q:
        columns = (Event.title, Event.theme, Event.concept, Event.led_by, Event.venue, School.name)
        for word in filters.q.split():
            matches = [column.icontains(word, autoescape=True) for column in columns]
            found.append(Event.host_school.has(or_(*matches)))
    if filters.year is not None:
        found += [Event.low_year <= filters.year, Event.high_year >= filters.year]
    if filters.theme:
        found.append(Event.theme == filters.theme)
    if filters.host:
        found.append(Event.host_school.has(School.slug == filters.host))
    if filters.month is not None:
        first, after = _instant(filters.month), _instant(_next_month(filters.month))
        within = (EventDate.starts_at >= first) & (EventDate.starts_at < after)
        found.append(Event.dates.any(within))
    return found


def _month_of(instant: datetime) -> date:
    return terms.london(instant).date().replace(day=1)


def _months(month: date, last: date) -> list[date]:
    found = []
    while month <= last:
        found.append(month)
        month = _next_month(month)
    return found


def _next_month(month: date) -> date:
    return month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)


def _instant(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=LONDON).astimezone(UTC)
