"""Reads a partner's calendar, in a process of its own with limited time and memory.

`python -m booking.days.partners.reading FIRST LAST` reads iCalendar from its input and writes the
dates between two days as JSON. Nothing from a partner is trusted: text becomes one plain line,
links are https or nothing, descriptions are not even read, and a rule that would repeat every
second is left out. A calendar built to cost more than that ends this process, not the worker.
"""

import json
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

from booking.domain import names

LONDON = ZoneInfo("Europe/London")
ENTRIES_MAX, REPEATED_MAX, DATES_MAX = 5_000, 300, 2_000
TEXT_MAX, LINK_MAX = 200, 500
#: No school has a rule that repeats more than daily; one that began earlier takes too long.
RULES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
FIRST_YEAR = 1990
CPU_S, WALL_S = 20, 40
MEMORY_BYTES = 1 << 30
ROOT = Path(__file__).parents[3]


class Unreadable(ValueError):
    """This calendar cannot be read; the message says what to do."""


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


def read_apart(body: bytes, *, first_on: date, last_on: date) -> list[FoundDate]:
    """Return a calendar's dates between two days. Raises Unreadable."""
    command = [sys.executable, "-m", "booking.days.partners.reading", f"{first_on}", f"{last_on}"]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and no word of the partner's
            command,
            input=body,
            capture_output=True,
            cwd=ROOT,
            timeout=WALL_S,
            check=False,
            env={"PYTHONPATH": str(ROOT)},  # without any of our secrets
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(_TOO_MUCH) from error
    if done.returncode != 0:
        raise Unreadable(_TOO_MUCH)
    answer = json.loads(done.stdout)
    if answer["problem"]:
        raise Unreadable(answer["problem"])
    return [_from_json(row) for row in answer["dates"]]


def dates(body: bytes, *, first_on: date, last_on: date) -> list[FoundDate]:
    """Return a calendar's dates between two days, soonest first. Raises Unreadable."""
    calendar = _calendar(body)
    _leave_out_what_cannot_be(calendar)
    query = recurring_ical_events.of(calendar, skip_bad_series=True)
    found = []
    for entry in query.between(first_on, last_on + timedelta(days=1)):
        one = _found(entry)
        if one is not None and one.first_on <= last_on and one.last_on >= first_on:
            found.append(one)
    found.sort(
        key=lambda one: (one.first_on, one.starts_at is not None, str(one.starts_at), one.title)
    )
    return found[:DATES_MAX]


def _calendar(body: bytes) -> icalendar.Calendar:
    try:
        calendar = icalendar.Calendar.from_ical(body)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(_NOT_A_CALENDAR) from error
    if not isinstance(calendar, icalendar.Calendar):
        raise Unreadable(_NOT_A_CALENDAR)
    return calendar


def _leave_out_what_cannot_be(calendar: icalendar.Calendar) -> None:
    entries = calendar.walk("VEVENT")
    if len(entries) > ENTRIES_MAX:
        raise Unreadable(f"This calendar has more than {ENTRIES_MAX:,} entries. {_LESS}")
    repeated = [entry for entry in entries if "RRULE" in entry or "RDATE" in entry]
    if len(repeated) > REPEATED_MAX:
        raise Unreadable(f"More than {REPEATED_MAX} of its entries repeat. {_LESS}")
    bad = {id(entry) for entry in entries if not _may_be(entry)}
    calendar.subcomponents = [part for part in calendar.subcomponents if id(part) not in bad]


def _may_be(entry: Any) -> bool:
    start = getattr(entry.get("DTSTART"), "dt", None)
    if not isinstance(start, date):
        return False
    rules = entry.get("RRULE", [])
    rules = rules if isinstance(rules, list) else [rules]
    if not rules:
        return True
    frequencies = {str(word).upper() for rule in rules for word in rule.get("FREQ", [])}
    return len(rules) == 1 and frequencies <= RULES and start.year >= FIRST_YEAR


def _found(entry: Any) -> FoundDate | None:
    if str(entry.get("STATUS", "")).upper() == "CANCELLED":
        return None
    if str(entry.get("CLASS", "PUBLIC")).upper() != "PUBLIC":
        return None
    try:
        start, end = entry.start, entry.end
    except (ValueError, TypeError, AttributeError):  # times that contradict one another
        return None
    facts: dict[str, Any] = {
        "title": line(entry.get("SUMMARY", "")) or "No title",
        "location": line(entry.get("LOCATION", "")),
        "link": link(entry.get("URL", "")),
    }
    if not isinstance(start, datetime):
        last_on = max(start, end - timedelta(days=1))
        return FoundDate(first_on=start, last_on=last_on, **facts)
    starts_at, ends_at = _instant(start), _instant(end)
    if ends_at < starts_at:
        return None
    shown_end = max(starts_at, ends_at - timedelta(microseconds=1))
    return FoundDate(
        first_on=starts_at.astimezone(LONDON).date(),
        last_on=shown_end.astimezone(LONDON).date(),
        starts_at=starts_at,
        ends_at=ends_at,
        **facts,
    )


def _instant(moment: datetime) -> datetime:
    """Return an instant; a time without a zone is London's."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=LONDON)).astimezone(UTC)


def line(value: Any) -> str:
    """Return a partner's text as one plain line of limited length."""
    value = value[0] if isinstance(value, list) and value else value
    text = " ".join(names.tidy(" ".join(str(value).split())).split())
    return text if len(text) <= TEXT_MAX else f"{text[: TEXT_MAX - 1].rstrip()}…"


def link(value: Any) -> str:
    """Return a partner's link if it uses https, otherwise nothing."""
    text = str(value).strip()
    if len(text) > LINK_MAX or not text.isascii() or not text.isprintable() or " " in text:
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    plain = parts.scheme == "https" and parts.username is None and "." in (parts.hostname or "")
    return text if plain else ""


def _from_json(row: dict[str, Any]) -> FoundDate:
    days: dict[str, Any] = {
        name: date.fromisoformat(row.pop(name)) for name in ("first_on", "last_on")
    }
    times = {name: row.pop(name) for name in ("starts_at", "ends_at")}
    instants: dict[str, Any] = {
        name: datetime.fromisoformat(at) if at else None for name, at in times.items()
    }
    return FoundDate(**row, **days, **instants)


def main() -> None:
    """Read a calendar from the input; write what was found, or what is wrong with it."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    first_on, last_on = (date.fromisoformat(day) for day in sys.argv[1:3])
    answer: dict[str, Any] = {"problem": "", "dates": []}
    try:
        found = dates(sys.stdin.buffer.read(), first_on=first_on, last_on=last_on)
        answer["dates"] = [asdict(one) for one in found]
    except Unreadable as error:
        answer["problem"] = str(error)
    sys.stdout.write(json.dumps(answer, default=lambda value: value.isoformat()))


_LESS = "Ask the partner for a smaller calendar."
_TOO_MUCH = f"This calendar takes too long to read. {_LESS}"
_NOT_A_CALENDAR = "The file is damaged and cannot be read as a calendar. Tell the partner."

if __name__ == "__main__":
    main()
