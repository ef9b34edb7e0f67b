"""What is in a private calendar and why: first as rows for its mark, then as entries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from booking.days.events import feeds
from booking.days.events.models import Event
from booking.domain.permissions import Actor, Role
from booking.foundation.db import db
from booking.on_the_day.calendars.models import FeedContent
from booking.on_the_day.calendars.queries import rows
from booking.on_the_day.calendars.queries.feeds import AskedFeed
from booking.on_the_day.calendars.queries.marks import CalendarMark, loaded, mark_of
from booking.on_the_day.calendars.queries.rows import CalendarRow, What, Why
from booking.people.pupils.models import Parent

#: What the calendar of each role can show, in the order in which it is offered.
KINDS_OF_ROLE = {
    Role.COORDINATOR: (
        FeedContent.ATTENDED,
        FeedContent.REQUESTS,
        FeedContent.OFFERS,
        FeedContent.NAMES,
    ),
    Role.HOST: (FeedContent.HOSTED,),
    Role.LEAD: (FeedContent.HOSTED,),
    Role.DAY_STAFF: (),
}
KINDS_OF_PARENT = (FeedContent.ATTENDED, FeedContent.REPLIES, FeedContent.SCHOOL_DAYS)


@dataclass(frozen=True)
class CalendarEntry:
    """One event in a calendar, with the reasons why it is there and the deadlines shown for it."""

    event: Event
    why: Why
    #: Deadlines for this calendar's owner only: which row, and the row itself.
    own: tuple[CalendarRow, ...]


@dataclass(frozen=True)
class SchoolDays:
    """An entry for whole days: a term or a closure."""

    uid: str
    title: str
    first_on: date
    last_on: date
    stamped_at: datetime


@dataclass(frozen=True)
class Added:
    """Entries that another feature writes: which source, and the ids of its rows."""

    source: feeds.Source
    ids: tuple[int, ...]


@dataclass(frozen=True)
class Content:
    """What a private feed holds, before any event is loaded."""

    mark: CalendarMark
    rows: tuple[CalendarRow, ...]


def kinds_of(actor: Actor) -> list[str]:
    """Return what a person's calendar can show, by their roles now."""
    found = [k for role, kinds in KINDS_OF_ROLE.items() if actor.has(role) for k in kinds]
    added = [source.kind for source in feeds.sources() if source.offered(actor)]
    return list(dict.fromkeys([*found, FeedContent.ROSTERED, *added, FeedContent.SCHOOL_DAYS]))


def of_person(feed: AskedFeed, actor: Actor, *said: str, mobile: str, now: datetime) -> Content:
    """Return what a person's feed holds, by their roles, in one query."""
    wanted = frozenset(kinds_of(actor)) - frozenset(feed.leaves_out)
    return _content(feed, rows.of_person(actor, wanted, mobile), said, now)


def of_parent(feed: AskedFeed, *said: str, now: datetime) -> Content:
    """Return what a parent's feed holds for all their children together, in one query."""
    assert feed.parent_id is not None, "a person's feed depends on roles"
    parent = db.session.get_one(Parent, feed.parent_id)
    wanted = frozenset[str](KINDS_OF_PARENT) - frozenset(feed.leaves_out)
    return _content(feed, rows.of_parent(parent.id, parent.school_id, wanted), said, now)


def _content(
    feed: AskedFeed, statement: rows.Select, said: Iterable[str], now: datetime
) -> Content:
    found = tuple(rows.read(statement, now))
    facts = (feed.id, feed.label, tuple(said), [_plain(row) for row in found])
    return Content(mark_of(feed.digest, feed.changed_at, "feed", facts), found)


def _plain(row: CalendarRow) -> tuple[object, ...]:
    """Return a row with its times as numbers, which are quicker to write out than dates."""
    at, changed_at = row.at, row.changed_at
    return (*row[:4], at and at.timestamp(), changed_at and changed_at.timestamp(), row.text)


def entries(content: Content) -> tuple[list[CalendarEntry], list[SchoolDays], list[Added]]:
    """Return a feed's events, its school days and what other features add, ready to write."""
    own: dict[int, list[CalendarRow]] = {}
    why: dict[int, Why] = {}
    days = []
    for row in content.rows:
        if row.what == What.EVENT:
            why[row.id] = Why(row.flags)
        elif row.what in rows.OF_AN_EVENT:
            own.setdefault(row.event_id, []).append(row)
        elif row.what in rows.DAYS:
            days.append(_days(row))
    wanted = why.keys() | own.keys()
    events = loaded(Event.id.in_(wanted)) if wanted else []
    found = [
        CalendarEntry(event, why.get(event.id, Why(0)), tuple(own.get(event.id, ())))
        for event in events
    ]
    return found, days, _added(content)


def _added(content: Content) -> list[Added]:
    ids = {
        source: tuple(row.id for row in content.rows if row.what == source.kind)
        for source in feeds.sources()
    }
    return [Added(source, found) for source, found in ids.items() if found]


def _days(row: CalendarRow) -> SchoolDays:
    first, last, title = row.text.split("/", 2)
    first_on = date.fromisoformat(first)
    midnight = datetime.combine(first_on, datetime.min.time(), tzinfo=rows.UTC)
    return SchoolDays(
        uid=f"{row.what}-{row.id}",
        title=title,
        first_on=first_on,
        last_on=date.fromisoformat(last),
        stamped_at=row.changed_at or midnight,
    )
