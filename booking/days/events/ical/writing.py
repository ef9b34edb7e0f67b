"""How calendars and entries are written: safe text, London's time zone, bytes in a fixed order."""

import unicodedata
import uuid
from datetime import UTC, date, datetime, timedelta
from functools import cache

import icalendar
from icalendar import vRecur

from booking.foundation.clock import LONDON

PRODUCT = "-//Fairplace//Fairplace//EN"
ZONE = "Europe/London"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
#: Control characters and halves of surrogate pairs, neither of which a calendar may contain.
FORBIDDEN = {"Cc", "Cs"}
#: A byte order mark inside a text is no letter, and some readers drop it.
MARK = "\ufeff"
ESCAPED = set("\\;,")


def new_calendar() -> icalendar.Calendar:
    """Return an empty calendar with London's time zone."""
    file = icalendar.Calendar()
    file.add("PRODID", PRODUCT)
    file.add("VERSION", "2.0")
    file.add("CALSCALE", "GREGORIAN")
    file.add_component(_london())
    return file


def written(file: icalendar.Calendar) -> bytes:
    """Return a calendar's bytes: CRLF, folded at 75 octets, its parts in a fixed order."""
    return bytes(file.to_ical(sorted=False))


def new_entry(
    *, uid: str, starts_at: datetime, ends_at: datetime, title: str, stamped_at: datetime
) -> icalendar.Event:
    """Return an entry with what all entries have; the same facts give the same bytes."""
    entry = _entry(uid, title, stamped_at)
    entry.add("DTSTART", _moment(starts_at))
    entry.add("DTEND", _moment(ends_at))
    return entry


def appointment(
    *,
    uid: str,
    starts_at: datetime,
    ends_at: datetime,
    title: str,
    stamped_at: datetime,
    sequence: int,
    status: str = "CONFIRMED",
    busy: bool = True,
    description: str = "",
    location: str = "",
    url: str = "",
    category: str = "",
) -> icalendar.Event:
    """Return an entry with everything calendar programs use; texts are made safe.

    The UID is permanent and unique; `sequence` rises with changes that people plan by; `status` is
    CONFIRMED, TENTATIVE or CANCELLED.
    """
    entry = new_entry(
        uid=uid, starts_at=starts_at, ends_at=ends_at, title=title, stamped_at=stamped_at
    )
    entry.add("SEQUENCE", sequence)
    entry.add("STATUS", status)
    entry.add("TRANSP", "OPAQUE" if busy else "TRANSPARENT")
    for name, text in (
        ("CATEGORIES", one_line(category)),
        ("LOCATION", one_line(location)),
        ("DESCRIPTION", clean(description)),
        ("URL", url),
    ):
        if text:
            entry.add(name, text)
    return entry


def _moment(at: datetime) -> datetime:
    """Return an instant as it is written: in London's time, except in the hour that comes twice.

    A local time in that hour means its first occurrence (RFC 5545, 3.3.5); the second is written in
    UTC.
    """
    local = at.astimezone(LONDON)
    return at.astimezone(UTC) if local.fold else local


def all_day_entry(
    *,
    uid: str,
    first_on: date,
    last_on: date,
    title: str,
    stamped_at: datetime,
    sequence: int = 0,
    status: str = "CONFIRMED",
) -> icalendar.Event:
    """Return an entry for whole days: dates without times, which are the same in every zone."""
    entry = _entry(uid, title, stamped_at)
    entry.add("DTSTART", first_on)
    entry.add("DTEND", last_on + DAY)  # the first day after it
    entry.add("SEQUENCE", sequence)
    entry.add("STATUS", status)
    entry.add("TRANSP", "TRANSPARENT")
    return entry


def identity(base_url: str, what: str) -> str:
    """Return a permanent UID for something without one, made from the site and what it is."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{base_url}/calendar/{what}"))


def _entry(uid: str, title: str, stamped_at: datetime) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("UID", uid)
    entry.add("DTSTAMP", stamped_at)
    entry.add("LAST-MODIFIED", stamped_at)
    entry.add("SUMMARY", one_line(title))
    return entry


class Text(icalendar.vText):
    """A text escaped as RFC 5545, 3.3.11 says, even where somebody typed a backslash and an N.

    The library takes those two for the end of a line, and leaves text of unknown types unescaped.
    """

    def to_ical(self) -> bytes:
        """Return the text as it is written."""
        escaped = "".join(f"\\{c}" if c in ESCAPED else c for c in self)
        return escaped.replace("\n", "\\n").encode()


def one_line(text: str) -> Text:
    """Return text for a property that is one line: no breaks, no control characters."""
    return Text(" ".join(clean(text).split()))


def clean(text: str) -> Text:
    """Return text without control characters, all kinds of line break written the same way."""
    lines = "\n".join(text.replace(MARK, "").splitlines())
    return Text("".join(c for c in lines if c == "\n" or unicodedata.category(c) not in FORBIDDEN))


@cache
def _london() -> icalendar.Timezone:
    """Return London's zone, with rules: some clients get lists of dates an hour wrong."""
    zone = icalendar.Timezone()
    zone.add("TZID", ZONE)
    zone.add("X-LIC-LOCATION", ZONE)  # lets older clients find the zone in their own tables
    zone.add_component(_rule(icalendar.TimezoneDaylight(), "BST", datetime(1996, 3, 31, 1)))
    zone.add_component(_rule(icalendar.TimezoneStandard(), "GMT", datetime(1996, 10, 27, 2)))
    return zone


def _rule(
    part: icalendar.TimezoneDaylight | icalendar.TimezoneStandard, name: str, first: datetime
) -> icalendar.TimezoneDaylight | icalendar.TimezoneStandard:
    """Return the rule for London's clock changes: the last Sunday of a month."""
    ahead = name == "BST"
    part.add("TZNAME", name)
    part.add("DTSTART", first)
    part.add("TZOFFSETFROM", timedelta() if ahead else HOUR)
    part.add("TZOFFSETTO", HOUR if ahead else timedelta())
    part.add("RRULE", vRecur(FREQ="YEARLY", BYMONTH=first.month, BYDAY="-1SU"))
    return part
