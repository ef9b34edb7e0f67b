"""Calendars as files that calendar programs subscribe to (RFC 5545 and RFC 7986)."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import icalendar

from booking.calendars.queries import Entry
from booking.events import ical
from booking.events.models import Event

REFRESH = timedelta(hours=6)
#: A deadline is shown as the half hour before it.
DEADLINE_SHOWN = timedelta(minutes=30)
#: How many written files a process keeps: the network's and its last few states.
KEPT_MAX = 4


class KeptFiles:
    """The files written last, by what they hold: the second reader costs no writing."""

    def __init__(self) -> None:
        self._files: OrderedDict[tuple[str, ...], bytes] = OrderedDict()

    def get(self, key: tuple[str, ...], write: Callable[[], bytes]) -> bytes:
        """Return the file of this key, written now if it is not kept."""
        found = self._files.get(key)
        if found is None:
            found = self._files[key] = write()
            while len(self._files) > KEPT_MAX:
                self._files.popitem(last=False)
        return found


kept = KeptFiles()


def network_calendar(events: Iterable[Event], *, name: str, base_url: str, source: str) -> bytes:
    """Return the network's calendar."""
    file = _subscribed(name, source)
    for event in events:
        for entry in ical.entries(event, base_url=base_url):
            file.add_component(entry)
    return ical.written(file)


def personal_calendar(entries: Iterable[Entry], *, name: str, base_url: str) -> bytes:
    """Return a person's calendar: events, and the deadlines that are theirs. No pupil is in it."""
    file = _subscribed(name, "")
    for entry in entries:
        for component in _components(entry, base_url):
            file.add_component(component)
    return ical.written(file)


def _components(entry: Entry, base_url: str) -> Iterable[icalendar.Event]:
    event = entry.event
    if entry.attends:
        yield from ical.entries(event, base_url=base_url)
    if entry.requests and event.requests_close_at:
        yield _deadline(event, "requests", "Requests close", event.requests_close_at, base_url)
    if entry.naming and event.naming_close_at:
        yield _deadline(event, "naming", "Name your pupils", event.naming_close_at, base_url)


def _deadline(event: Event, kind: str, words: str, at: datetime, base_url: str) -> icalendar.Event:
    entry = ical.new_entry(
        uid=f"{event.uid}-{kind}",
        starts_at=at - DEADLINE_SHOWN,
        ends_at=at,
        title=f"{words}: {event.title}",
        stamped_at=event.modified_at,
    )
    entry.add("SEQUENCE", event.sequence)
    entry.add("STATUS", "CONFIRMED")
    entry.add("TRANSP", "TRANSPARENT")  # a deadline does not make anybody busy
    entry.add("URL", ical.address(event, base_url))
    return entry


def _subscribed(name: str, source: str) -> icalendar.Calendar:
    file = ical.new_calendar()
    for key in ("NAME", "X-WR-CALNAME"):
        file.add(key, ical.one_line(name))
    file.add("X-WR-TIMEZONE", ical.ZONE)
    file.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    file.add("X-PUBLISHED-TTL", "PT6H")
    if source:
        file.add("SOURCE", source, parameters={"VALUE": "URI"})
    return file
