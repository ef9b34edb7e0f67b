"""What comes out of a partner's calendar: plain facts, and why an entry was left out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from html import unescape
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from booking.domain import names

LONDON = ZoneInfo("Europe/London")
TEXT_MAX, LINK_MAX = 200, 500
_DAY = timedelta(days=1)
#: With its semicolon, for “R&copying” is no entity.
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


class Unreadable(ValueError):
    """This calendar cannot be read; the message says what to do."""


class EntryUnreadable(ValueError):
    """An entry cannot be read; the message says which part of it is at fault."""


@dataclass(frozen=True)
class FoundDate:
    """One of a partner's dates, as plain facts."""

    title: str
    location: str
    link: str
    first_on: date
    last_on: date
    #: None for whole days.
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True)
class LeftOutEntry:
    """An entry that could not be read: its title, and the part of it that is at fault."""

    title: str
    why: str


@dataclass(frozen=True)
class CalendarReading:
    """What a calendar holds: its dates, and an account of every entry in it."""

    dates: tuple[FoundDate, ...] = ()
    #: How many entries the file has, and how many of them were read.
    entries: int = 0
    read: int = 0
    unreadable: tuple[LeftOutEntry, ...] = ()
    #: How many were left out on purpose, by why: "private", "cancelled", …
    passed_over: Mapping[str, int] = field(default_factory=dict)
    #: How many dates there are beyond those that are kept.
    not_kept: int = 0


def of(entry: Any, floating: tzinfo = LONDON) -> FoundDate:
    """Return an entry, or one date of its series, as plain facts. Raises EntryUnreadable."""
    start, end = span(entry)
    facts: dict[str, Any] = {
        "title": title_of(entry),
        "location": line(entry.get("LOCATION", "")),
        "link": link(entry.get("URL", "")),
    }
    if not isinstance(start, datetime):
        return FoundDate(first_on=start, last_on=max(start, end - timedelta(days=1)), **facts)
    starts_at, ends_at = instant(start, floating), instant(end, floating)
    shown_end = max(starts_at, ends_at - timedelta(microseconds=1))
    return FoundDate(
        first_on=starts_at.astimezone(LONDON).date(),
        last_on=shown_end.astimezone(LONDON).date(),
        starts_at=starts_at,
        ends_at=ends_at,
        **facts,
    )


def span(entry: Any) -> tuple[Any, Any]:
    """Return when an entry begins and ends. Raises EntryUnreadable."""
    try:
        start, end = _alike(entry)
        backwards = end < start
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise EntryUnreadable("its start and end do not go together") from error
    if backwards:
        raise EntryUnreadable("it ends before it starts")
    return start, end


def _alike(entry: Any) -> tuple[Any, Any]:
    """Return start and end, both as days or both as times, where one was written as the other."""
    start, end, length = (
        getattr(entry.get(name), "dt", None) for name in ("DTSTART", "DTEND", "DURATION")
    )
    if end is None and type(start) is date and length is not None and length % _DAY:
        start = datetime.combine(start, time())
        return start, start + length
    timed = [one for one in (start, end) if isinstance(one, datetime)]
    if start is None or end is None or len(timed) != 1:
        return entry.start, entry.end
    if timed[0].time() == time():
        return _day(start), _day(end)
    midnight = time(tzinfo=timed[0].tzinfo)
    return _time(start, midnight), _time(end, midnight)


def _day(one: date) -> date:
    return one.date() if isinstance(one, datetime) else one


def _time(one: date, midnight: time) -> datetime:
    return one if isinstance(one, datetime) else datetime.combine(one, midnight)


def instant(moment: datetime, floating: tzinfo) -> datetime:
    """Return an instant; a time without a zone is the calendar's own, which is London's if none."""
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=floating)).astimezone(UTC)
    except OverflowError as error:
        raise EntryUnreadable("its start") from error


def title_of(entry: Any) -> str:
    """Return what an entry is called."""
    return line(entry.get("SUMMARY", "")) or "No title"


def line(value: Any) -> str:
    """Return a partner's text as one plain line of limited length.

    Many servers write HTML's entities into calendars, where they mean nothing; they are undone
    once, so that what stood for "&amp;" itself still does.
    """
    value = value[0] if isinstance(value, list) and value else value
    plain = _ENTITY.sub(lambda entity: unescape(entity[0]), str(value))
    text = " ".join(names.tidy(" ".join(plain.split())).split())
    return text if len(text) <= TEXT_MAX else f"{text[: TEXT_MAX - 1].rstrip()}…"


def link(value: Any) -> str:
    """Return a partner's link if it uses https, otherwise nothing."""
    text = str(value).strip().replace("&amp;", "&")
    if len(text) > LINK_MAX or not text.isascii() or not text.isprintable() or " " in text:
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    plain = parts.scheme == "https" and parts.username is None and "." in (parts.hostname or "")
    return text if plain else ""
