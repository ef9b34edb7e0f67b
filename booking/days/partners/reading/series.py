"""Writes a calendar's entries out as dates between two days, series by series.

Entries of one series share its UID and are written out together, so that a changed date stands in
for the one that it changes. Whatever goes wrong in a series is told of that series alone.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

from booking.days.partners.reading import blocks, entries, found
from booking.days.partners.reading.blocks import Block, Cut
from booking.days.partners.reading.entries import PartnerEntry
from booking.days.partners.reading.found import (
    CalendarReading,
    EntryUnreadable,
    FoundDate,
    LeftOutEntry,
    Unreadable,
)
from booking.days.partners.reading.spells import TakesTooLong
from booking.domain import english

#: Of entries that are not over, for a calendar may go back for many years.
ENTRIES_MAX, REPEATED_MAX, DATES_MAX = 5_000, 2_000, 2_000
#: A zone is at most 14 hours from ours, and a day may be written for the one before.
ABOUT = timedelta(days=2)

#: Runs what one series costs within a limit.
Spell = Callable[[], AbstractContextManager[None]]


@dataclass
class Reader:
    """What has been read so far."""

    first_on: date
    last_on: date
    spell: Spell
    floating: tzinfo = found.LONDON
    zone: str = ""
    dates: list[FoundDate] = field(default_factory=list)
    read: int = 0
    unreadable: list[LeftOutEntry] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)

    def leave_out(self, title: str, why: object) -> None:
        """Count an entry that cannot be read."""
        self.unreadable.append(LeftOutEntry(title, str(why)))

    def show(self, event: Any) -> None:
        """Add a date, if it is between the two days. Raises EntryUnreadable."""
        one = found.of(event, self.floating)
        if one.first_on <= self.last_on and one.last_on >= self.first_on:
            self.dates.append(one)


def read(
    body: bytes, *, first_on: date, last_on: date, spell: Spell = nullcontext
) -> CalendarReading:
    """Return what a calendar holds between two days. Raises Unreadable."""
    pieces = blocks.cut(body)
    if not pieces.begun or not pieces.ended:
        raise Unreadable("The file is damaged and cannot be read as a calendar. Tell the partner.")
    reader = Reader(first_on, last_on, spell, *_zone(pieces))
    _know_zones(pieces, spell)
    for series in _in_series(_one_by_one(_still_to_come(pieces, reader), reader), reader):
        _write_out(series, reader)
    reader.passed_over["other"] += pieces.others
    return _account(reader, len(pieces.entries) + pieces.others)


def _account(reader: Reader, written: int) -> CalendarReading:
    if reader.unreadable and not reader.read and not reader.passed_over.total():
        first = reader.unreadable[0]
        named = f"“{first.title}” ({first.why})"
        which = f"{english.agree(written, 'Its one entry', 'The first of its entries')} is {named}"
        raise Unreadable(
            f"The file is damaged: nothing in it could be read. {which}. Tell the partner."
        )
    reader.dates.sort(
        key=lambda one: (one.first_on, one.starts_at is not None, str(one.starts_at), one.title)
    )
    return CalendarReading(
        dates=tuple(reader.dates[:DATES_MAX]),
        entries=written,
        read=reader.read,
        unreadable=tuple(reader.unreadable),
        passed_over={why: count for why, count in reader.passed_over.items() if count},
        not_kept=max(0, len(reader.dates) - DATES_MAX),
    )


def _zone(pieces: Cut) -> tuple[tzinfo, str]:
    """Return the zone of times without one, and its name if the calendar gave a real one."""
    try:
        return ZoneInfo(pieces.zone), pieces.zone
    except (ValueError, OSError):  # none is given, or none is called so
        return found.LONDON, ""


def _know_zones(pieces: Cut, spell: Spell) -> None:
    """Let times name the zones that the calendar itself describes."""
    for block in pieces.zones:
        # Whatever is wrong with it is told of the entries that need it.
        with suppress(TakesTooLong, Exception), spell():
            icalendar.Timezone.from_ical(block.text())


def _still_to_come(pieces: Cut, reader: Reader) -> list[Block]:
    """Return the entries that are not over; a single one that is has been read by now."""
    coming = []
    for block in pieces.entries:
        if entries.is_private(block):
            reader.passed_over["private"] += 1
        elif entries.is_over(block, reader.first_on - ABOUT):
            reader.read += 1
        else:
            coming.append(block)
    if len(coming) > ENTRIES_MAX:
        raise Unreadable(f"This calendar has more than {ENTRIES_MAX:,} entries to come. {LESS}")
    if sum(block.has("RRULE", "RDATE") for block in coming) > REPEATED_MAX:
        raise Unreadable(f"More than {REPEATED_MAX:,} of its entries repeat. {LESS}")
    return coming


def _one_by_one(coming: Iterable[Block], reader: Reader) -> list[PartnerEntry]:
    """Return the entries that can be read and are to be shown; the others are counted."""
    readable = []
    for block in coming:
        try:
            with reader.spell():
                entry = entries.read(block)
        except (EntryUnreadable, TakesTooLong) as why:
            reader.leave_out(entries.title_of(block), why)
            if (stand_in := entries.in_place_of(block)) is not None:
                readable.append(stand_in)
            continue
        if entry.passed_over:
            reader.passed_over[entry.passed_over] += 1
        else:
            readable.append(entry)
    return readable


def _in_series(readable: Iterable[PartnerEntry], reader: Reader) -> list[list[PartnerEntry]]:
    """Return entries that belong together, single ones first because they cost least.

    A UID is one entry's alone by the standard, and some servers give all of theirs the same one:
    the newest of those that begin at one time counts, and those of other times stand by themselves.
    """
    alone: list[list[PartnerEntry]] = []
    together: dict[str, list[PartnerEntry]] = {}
    for entry in readable:
        if entry.uid:
            together.setdefault(entry.uid, []).append(entry)
        else:
            alone.append([entry])
    several = []
    for same in together.values():
        masters = _masters(same, reader)
        several.append([*masters[:1], *(entry for entry in same if entry.changes_one)])
        several.extend([entry] for entry in masters[1:])
    return sorted([*alone, *several], key=lambda one: any(not entry.is_alone for entry in one))


def _masters(same: Iterable[PartnerEntry], reader: Reader) -> list[PartnerEntry]:
    """Return the entries of one UID that change none, without those that a newer one replaces."""
    newest: dict[str, PartnerEntry] = {}
    for entry in same:
        if entry.changes_one:
            continue
        start = entry.event["DTSTART"].to_ical().decode()
        earlier = newest.get(start)
        if earlier is not None:
            reader.passed_over["replaced"] += 1
        if earlier is None or entry.sequence >= earlier.sequence:
            newest[start] = entry
    top = max((entry.sequence for entry in newest.values()), default=0)
    replaced = [start for start, entry in newest.items() if entry.sequence < top]
    reader.passed_over["replaced"] += len(replaced)
    return [entry for start, entry in newest.items() if start not in replaced]


def _write_out(series: list[PartnerEntry], reader: Reader) -> None:
    """Add the dates of one series; if its rule cannot be followed, of its changed dates alone."""
    before = len(reader.dates)
    try:
        with reader.spell():
            for event in _events(series, reader):
                if str(event.get("STATUS", "")).strip().upper() != "CANCELLED":
                    reader.show(event)
    except (EntryUnreadable, TakesTooLong) as why:
        _leave_out_rule(series, why, before, reader)
    except Exception:  # noqa: BLE001 - whatever a rule does to the library costs its series only
        _leave_out_rule(series, entries.PARTS["RRULE"], before, reader)
    else:
        reader.read += sum(not entry.stands_in for entry in series)


def _leave_out_rule(series: list[PartnerEntry], why: object, before: int, reader: Reader) -> None:
    del reader.dates[before:]
    if len(series) == 1 and series[0].stands_in:
        return
    if len(series) == 1:
        reader.leave_out(series[0].title, why)
        return
    for entry in series:
        _write_out([entry], reader)


def _events(series: list[PartnerEntry], reader: Reader) -> Iterable[Any]:
    if len(series) == 1 and not series[0].repeats:
        return [series[0].event]
    calendar = icalendar.Calendar()
    if reader.zone:
        calendar.add("X-WR-TIMEZONE", reader.zone)
    for entry in series:
        calendar.add_component(entry.event)
    query = recurring_ical_events.of(calendar)
    return list(query.between(reader.first_on, reader.last_on + timedelta(days=1)))


LESS = "Ask the partner for a smaller calendar."
