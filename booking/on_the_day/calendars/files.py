"""Calendars as files that calendar programs subscribe to (RFC 5545 and RFC 7986)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import icalendar

from booking.days.events import ical
from booking.days.events import labels as event_labels
from booking.days.events.models import Event
from booking.domain.permissions import PARENT, Actor
from booking.on_the_day.calendars.queries.private import Added, CalendarEntry, SchoolDays
from booking.on_the_day.calendars.queries.rows import TAKES_PART, CalendarRow, What, Why

REFRESH = timedelta(hours=6)
#: Deadlines that are the same for everybody, and how their UIDs end.
DEADLINES = (
    (Why.REQUESTS, "requests_close_at", "requests"),
    (Why.NAMING, "naming_close_at", "naming"),
    (Why.RELEASE, "release_at", "release"),
)
OWN_DEADLINES = {
    What.LATE: "Name pupils for the places you were offered",
    What.OFFER: "Answer the offer of a place",
    What.REPLY: "Reply to the invitation",
}


@dataclass(frozen=True)
class Heading:
    """What a calendar file says about itself."""

    #: Never changes, whatever the calendar is called.
    identity: str
    name: str
    description: str
    #: The name of a CSS colour, and the same colour in hexadecimal for Apple's programs.
    colour: tuple[str, str]
    #: The page about it.
    url: str
    #: Where to fetch it again; empty for a private calendar, whose address is kept out of files.
    source: str = ""


PUBLIC_COLOUR = ("sienna", "#A0522D")
PRIVATE_COLOUR = ("steelblue", "#4682B4")
PARENT_COLOUR = ("seagreen", "#2E8B57")


def programme(events: Iterable[Event], heading: Heading, *, base_url: str, now: datetime) -> bytes:
    """Return a public calendar: it shows what is on, and shows nobody as busy."""
    file = _subscribed(heading)
    for event in events:
        for entry in ical.entries(event, base_url=base_url, busy=False, now=now):
            file.add_component(entry)
    return ical.written(file)


def personal(
    entries: Iterable[CalendarEntry],
    days: Iterable[SchoolDays],
    added: Iterable[Added],
    heading: Heading,
    *,
    actor: Actor,
    base_url: str,
    now: datetime,
) -> bytes:
    """Return a private calendar: events and its owner's deadlines, without any pupil's name.

    `actor` is PARENT for a parent's, whose places are tentative until they are confirmed.
    """
    file = _subscribed(heading)
    for entry in entries:
        for component in _components(entry, base_url, now, is_parent=actor is PARENT):
            file.add_component(component)
    for span in days:
        file.add_component(
            ical.all_day_entry(
                uid=ical.identity(base_url, span.uid),
                first_on=span.first_on,
                last_on=span.last_on,
                title=span.title,
                stamped_at=span.stamped_at,
            )
        )
    for of in added:
        for component in of.source.write(of.ids, actor=actor, base_url=base_url, now=now):
            file.add_component(component)
    return ical.written(file)


def _components(
    entry: CalendarEntry, base_url: str, now: datetime, *, is_parent: bool
) -> Iterable[icalendar.Event]:
    event, why = entry.event, entry.why
    if why & TAKES_PART:
        tentative = is_parent and not why & Why.CONFIRMED
        yield from ical.entries(event, base_url=base_url, tentative=tentative, now=now)
    for reason, name, uid in DEADLINES:
        at, title = getattr(event, name), event_labels.of(name)
        if why & reason and at is not None:
            yield ical.deadline(event, uid=uid, title=title, at=at, base_url=base_url)
    for row in entry.own:
        yield _own_deadline(event, row, base_url)


def _own_deadline(event: Event, row: CalendarRow, base_url: str) -> icalendar.Event:
    assert row.at is not None, "a deadline has a time"
    # Each offer and each invitation has its own entry, whose UID does not reveal whose it is.
    facts = f"{row.what}|{row.id}|{row.text}|{row.changed_at}"
    return ical.deadline(
        event,
        uid=f"{row.what}-{sha256(facts.encode()).hexdigest()[:16]}",
        title=OWN_DEADLINES[What(row.what)],
        at=row.at,
        base_url=base_url,
        stamped_at=max(filter(None, (row.changed_at, event.modified_at))),
    )


def _subscribed(heading: Heading) -> icalendar.Calendar:
    file = ical.new_calendar()
    name, description = ical.one_line(heading.name), ical.one_line(heading.description)
    colour, in_hexadecimal = heading.colour
    file.add("UID", heading.identity)
    for key in ("NAME", "X-WR-CALNAME"):
        file.add(key, name)
    for key in ("DESCRIPTION", "X-WR-CALDESC"):
        file.add(key, description)
    file.add("X-WR-TIMEZONE", ical.ZONE)
    file.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    file.add("X-PUBLISHED-TTL", "PT6H")
    file.add("COLOR", colour)
    file.add("X-APPLE-CALENDAR-COLOR", in_hexadecimal)
    file.add("URL", heading.url)
    if heading.source:
        file.add("SOURCE", heading.source, parameters={"VALUE": "URI"})
    return file
