"""Events as iCalendar (RFC 5545): one VEVENT for each date, times by London's clock.

The time zone is written with rules, not with lists of dates: some clients read such lists an
hour wrong in winter. Nobody is named as ORGANIZER, so that no client mails replies.
"""

import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache

import icalendar
from icalendar import vRecur

from booking.clock import LONDON
from booking.events import words
from booking.events.models import Event, EventDate, EventState

PRODUCT = "-//Fairplace//Fairplace//EN"
ZONE = "Europe/London"
HOUR = timedelta(hours=1)


def event_calendar(event: Event, *, base_url: str) -> bytes:
    """Return one event as an iCalendar file, to be added once (METHOD PUBLISH)."""
    file = new_calendar()
    file.add("METHOD", "PUBLISH")
    for entry in entries(event, base_url=base_url):
        file.add_component(entry)
    return written(file)


def new_calendar() -> icalendar.Calendar:
    """Return an empty calendar that knows London's time."""
    file = icalendar.Calendar()
    file.add("PRODID", PRODUCT)
    file.add("VERSION", "2.0")
    file.add("CALSCALE", "GREGORIAN")
    file.add_component(_london())
    return file


def written(file: icalendar.Calendar) -> bytes:
    """Return a calendar's bytes: CRLF, folded at 75 octets, its parts in a fixed order."""
    return bytes(file.to_ical(sorted=False))


def entries(event: Event, *, base_url: str) -> Iterable[icalendar.Event]:
    """Return an entry for each date of a published event."""
    assert event.published_at is not None, "a draft is in no calendar"
    for position, date in enumerate(event.dates, start=1):
        yield _entry(event, date, position, base_url)


def _entry(event: Event, date: EventDate, position: int, base_url: str) -> icalendar.Event:
    title = event.title
    if len(event.dates) > 1:
        title = f"{title} ({position} of {len(event.dates)})"
    entry = new_entry(
        uid=f"{event.uid}-{date.number}",
        starts_at=date.starts_at,
        ends_at=date.ends_at,
        title=title,
        stamped_at=event.modified_at,
    )
    entry.add("SEQUENCE", event.sequence)
    entry.add("CREATED", event.published_at)
    entry.add("STATUS", "CANCELLED" if event.state is EventState.CANCELLED else "CONFIRMED")
    entry.add("DESCRIPTION", _description(event, base_url))
    entry.add("LOCATION", one_line(f"{event.venue}, {event.venue_address}".strip(", ")))
    entry.add("URL", address(event, base_url))
    entry.add("CATEGORIES", [one_line(event.theme)])
    return entry


def new_entry(
    *, uid: str, starts_at: datetime, ends_at: datetime, title: str, stamped_at: datetime
) -> icalendar.Event:
    """Return an entry with what every entry has; the same facts give the same bytes."""
    entry = icalendar.Event()
    entry.add("UID", uid)
    entry.add("DTSTAMP", stamped_at)
    entry.add("LAST-MODIFIED", stamped_at)
    entry.add("DTSTART", starts_at.astimezone(LONDON))
    entry.add("DTEND", ends_at.astimezone(LONDON))
    entry.add("SUMMARY", one_line(title))
    return entry


def address(event: Event, base_url: str) -> str:
    """Return the address of an event's page."""
    return f"{base_url.rstrip('/')}/events/{event.slug}"


def _description(event: Event, base_url: str) -> str:
    lines = [
        f"Cancelled: {event.cancelled_reason}" if event.cancelled_reason else "",
        event.concept,
        f"For {words.years(event)}. Hosted by {event.host_school.name}. Led by {event.led_by}.",
        f"{words.fee(event)}.",
        event.practicalities,
        address(event, base_url),
    ]
    return "\n\n".join(clean(line) for line in lines if line)


def one_line(text: str) -> str:
    """Return text for a property that is one line: no breaks, no control characters."""
    return " ".join(clean(text).split())


def clean(text: str) -> str:
    """Return text without control characters, every kind of line break written as one."""
    lines = "\n".join(text.splitlines())
    return "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})


@cache
def _london() -> icalendar.Timezone:
    zone = icalendar.Timezone()
    zone.add("TZID", ZONE)
    zone.add_component(_rule(icalendar.TimezoneDaylight(), "BST", datetime(1996, 3, 31, 1)))
    zone.add_component(_rule(icalendar.TimezoneStandard(), "GMT", datetime(1996, 10, 27, 2)))
    return zone


def _rule(
    part: icalendar.TimezoneDaylight | icalendar.TimezoneStandard, name: str, first: datetime
) -> icalendar.TimezoneDaylight | icalendar.TimezoneStandard:
    """This function will write when London's clocks change: the last Sunday of a month."""
    ahead = name == "BST"
    part.add("TZNAME", name)
    part.add("DTSTART", first)
    part.add("TZOFFSETFROM", timedelta() if ahead else HOUR)
    part.add("TZOFFSETTO", HOUR if ahead else timedelta())
    part.add("RRULE", vRecur(FREQ="YEARLY", BYMONTH=first.month, BYDAY="-1SU"))
    return part
