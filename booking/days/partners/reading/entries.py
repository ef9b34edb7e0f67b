"""Reads one entry of a calendar, or says which part of it cannot be read."""

import re
import warnings
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import icalendar

from booking.days.partners.reading import found, zones
from booking.days.partners.reading.blocks import Block
from booking.days.partners.reading.found import EntryUnreadable

#: What each part of an entry is called in a reason. What is not here cannot spoil an entry.
PARTS = {
    "DTSTART": "its start",
    "DTEND": "its end",
    "DURATION": "its length",
    "RRULE": "how it repeats",
    "RDATE": "the dates that it adds",
    "EXDATE": "the dates that it leaves out",
    "RECURRENCE-ID": "which date of a series it changes",
}
_TIMED = frozenset({"DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID"})
_ONCE = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID")
#: No school has a rule that repeats more often.
RULES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
#: A school may keep its foundation day since 1552; a rule of each day or week is counted through.
FIRST_YEAR, DENSE = 1900, frozenset({"DAILY", "WEEKLY"})
_DAY = re.compile(r"DT(?:START|END)[^:]*:(\d{4})(\d\d)(\d\d)(?:T\d{6}Z?)?", re.ASCII)


@dataclass
class PartnerEntry:
    """One entry that can be read, with what decides how it is written out."""

    event: Any
    title: str
    uid: str
    repeats: bool
    changes_one: bool
    #: Why it is not to be shown, though it can be read; empty if it is.
    passed_over: str = ""
    #: Whether it only takes a date out, for an entry that could not be read.
    stands_in: bool = False

    @property
    def sequence(self) -> int:
        """Return which version of the entry it is, by its author's count."""
        count: int = self.event.get("SEQUENCE", 0)
        return count

    @property
    def is_alone(self) -> bool:
        """Return whether it is one date by itself."""
        return not self.repeats and not self.changes_one


def is_private(block: Block) -> bool:
    """Return whether an entry is not everybody's to read."""
    words = {_value(line).upper() for name, line in block.lines if name == "CLASS"}
    return not words <= {"PUBLIC", ""}


def _value(line: str) -> str:
    return line.partition(":")[2].strip()


def is_over(block: Block, before: date) -> bool:
    """Return whether a single entry ended before a day, by its plainly written days alone.

    A calendar that goes back for many years is mostly this, and need not be read more closely.
    """
    if block.headless or block.has("RRULE", "RDATE", "RECURRENCE-ID", "DURATION"):
        return False
    days = [_DAY.fullmatch(line) for name, line in block.lines if name in {"DTSTART", "DTEND"}]
    if not block.has("DTSTART") or not all(days):
        return False
    try:
        return all(date(*(int(part) for part in day.groups())) < before for day in days if day)
    except ValueError:
        return False


def title_of(block: Block) -> str:
    """Return what an entry is called, even if nothing else of it can be read."""
    try:
        return found.title_of(_event(block.only("SUMMARY")))
    except ValueError:
        return found.title_of({})


def in_place_of(block: Block) -> PartnerEntry | None:
    """Return an entry that takes a date out, for a changed one that could not be read.

    We know that the date of the series is not as the series has it, so that is not shown either.
    """
    lines = [line for name, line in block.lines if name == "RECURRENCE-ID"]
    if len(lines) != 1:
        return None
    start = ("DTSTART", f"DTSTART{lines[0][len('RECURRENCE-ID') :]}")
    kept = block.only("UID", "RECURRENCE-ID", "SEQUENCE").lines
    try:
        entry = read(Block("VEVENT", [*kept, start, ("STATUS", "STATUS:CANCELLED")]))
    except EntryUnreadable:
        return None
    entry.stands_in = True
    return entry


def read(block: Block) -> PartnerEntry:
    """Return an entry. Raises EntryUnreadable with the part that is at fault."""
    if block.headless:
        raise EntryUnreadable("where it begins")
    block = _mended(block)
    try:
        event = _event(block)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise EntryUnreadable("it is damaged") from error
    _check_parts(event, block)
    _check_times(event)
    _check_rules(event)
    found.span(event)
    _plain_identity(event)
    cancelled = str(event.get("STATUS", "")).strip().upper() == "CANCELLED"
    changes_one = "RECURRENCE-ID" in event
    return PartnerEntry(
        event=event,
        title=found.title_of(event),
        uid=str(event.get("UID", "")),
        repeats="RRULE" in event or "RDATE" in event,
        changes_one=changes_one,
        passed_over="cancelled" if cancelled and not changes_one else "",
    )


def _event(block: Block) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it guesses at zones, as we would
        return icalendar.Event.from_ical(block.text())


def _mended(block: Block) -> Block:
    """Return an entry without what programs are known to get wrong, where its meaning is clear."""
    lines = []
    for name, line in block.lines:
        if name == "DURATION" and block.has("DTEND"):
            continue  # some write both, and the length of one that was changed is the old one
        if name in _TIMED:
            lines.append((name, zones.in_our_words(line)))
        else:
            lines.append((name, line.replace(" ", "") if name == "RRULE" else line))
    return Block(block.kind, lines)


def _plain_identity(event: Any) -> None:
    """Leave one UID and one count of versions, whatever was written."""
    uid = event.pop("UID", "")
    event["UID"] = str(uid[0] if isinstance(uid, list) else uid).strip()
    if not isinstance(event.get("SEQUENCE", 0), int):
        del event["SEQUENCE"]


def _check_parts(event: Any, block: Block) -> None:
    """Refuse an entry with a part that was written but not understood."""
    broken = {name for name, _ in event.errors}
    for name, part in PARTS.items():
        if name in broken or (block.has(name) and name not in event):
            raise EntryUnreadable(part)
        if name in _ONCE and isinstance(event.get(name), list):
            raise EntryUnreadable(f"{part} is given twice")
    if "EXRULE" in event:  # an older standard's, which nobody works out any more
        raise EntryUnreadable("the rule of what it leaves out")
    if "DTSTART" not in event:
        raise EntryUnreadable(PARTS["DTSTART"])


def _check_times(event: Any) -> None:
    for name in ("DTSTART", "DTEND", "RECURRENCE-ID"):
        if name not in event:
            continue
        if not isinstance(getattr(event[name], "dt", None), date):
            raise EntryUnreadable(PARTS[name])
        _check_zone(event[name], event[name])
    for name in ("RDATE", "EXDATE"):
        lists = event.get(name, [])
        for each in lists if isinstance(lists, list) else [lists]:
            for time in each.dts:
                _check_zone(time, each)
    if "DURATION" in event and not isinstance(getattr(event["DURATION"], "dt", None), timedelta):
        raise EntryUnreadable(PARTS["DURATION"])


def _check_zone(time: Any, written: Any) -> None:
    """Refuse a time in a zone that nobody knows: taken for London's, it would be shown wrong."""
    zone = str(getattr(written, "params", {}).get("TZID", ""))
    if zone and isinstance(time.dt, datetime) and time.dt.tzinfo is None:
        raise EntryUnreadable(f"its time zone, “{found.line(zone)[:60]}”")


def _check_rules(event: Any) -> None:
    rules = event.get("RRULE", [])
    rules = rules if isinstance(rules, list) else [rules]
    words = {str(word).upper() for rule in rules for word in rule.get("FREQ", [])}
    if rules and not words:
        raise EntryUnreadable(PARTS["RRULE"])
    if not words <= RULES:
        raise EntryUnreadable("it repeats more often than daily")
    if words & DENSE and event["DTSTART"].dt.year < FIRST_YEAR:
        raise EntryUnreadable(f"it has repeated since before {FIRST_YEAR}")
