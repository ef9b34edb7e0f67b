"""Three independent parsers that read the same facts from the same file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import ical.calendar_stream
import icalendar
import vobject


@dataclass(frozen=True)
class Read:
    """An entry as a calendar program understands it: instants in UTC, whole days as dates."""

    uid: str
    start: datetime | date
    end: datetime | date
    summary: str
    description: str
    location: str
    status: str
    sequence: int


def _moment(value: datetime | date) -> datetime | date:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def by_icalendar(content: bytes) -> list[Read]:
    """Read with icalendar, which also wrote it."""
    return [
        Read(
            str(entry["UID"]),
            _moment(entry.start),
            _moment(entry.end),
            str(entry["SUMMARY"]),
            str(entry.get("DESCRIPTION", "")),
            str(entry.get("LOCATION", "")),
            str(entry["STATUS"]),
            int(entry["SEQUENCE"]),
        )
        for entry in icalendar.Calendar.from_ical(content).walk("VEVENT")
    ]


def by_vobject(content: bytes) -> list[Read]:
    """Read with vobject, which works out times from the file's own VTIMEZONE."""
    calendar = vobject.readOne(content.decode())

    def text(entry: vobject.base.Component, name: str) -> str:
        return str(getattr(entry, name).value) if hasattr(entry, name) else ""

    return [
        Read(
            entry.uid.value,
            _moment(entry.dtstart.value),
            _moment(entry.dtend.value),
            entry.summary.value,
            text(entry, "description"),
            text(entry, "location"),
            entry.status.value,
            int(entry.sequence.value),
        )
        for entry in calendar.contents.get("vevent", [])
    ]


def by_ical(content: bytes) -> list[Read]:
    """Read with ical, Home Assistant's strict parser."""
    calendar = ical.calendar_stream.IcsCalendarStream.calendar_from_ics(content.decode())
    return [
        Read(
            str(entry.uid),
            _moment(entry.dtstart),
            _moment(entry.dtend),
            entry.summary or "",
            entry.description or "",
            entry.location or "",
            str(entry.status.value),
            int(entry.sequence or 0),
        )
        for entry in calendar.events
    ]


PARSERS: dict[str, Callable[[bytes], list[Read]]] = {
    "icalendar": by_icalendar,
    "vobject": by_vobject,
    "ical": by_ical,
}
