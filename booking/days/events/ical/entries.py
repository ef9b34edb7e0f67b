"""The entries of one event: its dates, those that were removed, and its deadlines."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

import icalendar

from booking.days.events import labels, words
from booking.days.events.ical import writing
from booking.days.events.ical.writing import clean, one_line
from booking.days.events.models import Event, EventDate, EventState, RemovedDate
from booking.domain import grid
from booking.foundation.web import addresses

#: How long cancelled entries stay in calendars, so that every client sees the cancellation.
CANCELLED_KEPT = timedelta(days=30)
#: A deadline is shown as the half hour before it.
DEADLINE_SHOWN = timedelta(minutes=30)


class Deadline(StrEnum):
    """The deadlines of an event that have entries of their own; the UID ends with the value."""

    REQUESTS = "requests"
    NAMING = "naming"


DEADLINE_WORDS = {
    Deadline.REQUESTS: labels.of("requests_close_at"),
    Deadline.NAMING: labels.of("naming_close_at"),
}


def event_calendar(event: Event, *, base_url: str, now: datetime | None = None) -> bytes:
    """Return one event as an iCalendar file, to be added once (METHOD PUBLISH)."""
    file = writing.new_calendar()
    file.add("METHOD", "PUBLISH")
    for entry in entries(event, base_url=base_url, now=now):
        file.add_component(entry)
    return writing.written(file)


def entries(
    event: Event,
    *,
    base_url: str,
    busy: bool = True,
    tentative: bool = False,
    now: datetime | None = None,
) -> Iterable[icalendar.Event]:
    """Return an entry for each date of a published event, and for each removed one.

    Dates removed before `now` are left out once calendars have been told for long enough. With
    `busy` False the entries leave the reader free: they show what is on, not where the reader will
    be. `tentative` says that the reader's place is not certain yet.
    """
    assert event.published_at is not None, "a draft is in no calendar"
    for position, date in enumerate(event.dates, start=1):
        entry = _of(event, date, _title(event, position), event.modified_at, busy)
        entry.add("SEQUENCE", event.sequence)
        entry.add("STATUS", _status(event, tentative=tentative))
        yield _described(entry, event, base_url, note="", date=date)
    for removed in event.removed_dates:
        if now is None or removed.removed_at > now - CANCELLED_KEPT:
            yield _cancelled_date(event, removed, base_url, busy)


def _title(event: Event, position: int) -> str:
    count = len(event.dates)
    return event.title if count == 1 else f"{event.title} ({position} of {count})"


def _status(event: Event, *, tentative: bool = False) -> str:
    if event.state is EventState.CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if tentative else "CONFIRMED"


def _cancelled_date(event: Event, date: RemovedDate, base_url: str, busy: bool) -> icalendar.Event:
    entry = _of(event, date, event.title, date.removed_at, busy)
    entry.add("SEQUENCE", date.sequence)
    entry.add("STATUS", "CANCELLED")
    return _described(entry, event, base_url, note="This date has been dropped.")


def _of(
    event: Event, date: EventDate | RemovedDate, title: str, stamped_at: datetime, busy: bool
) -> icalendar.Event:
    entry = writing.new_entry(
        uid=f"{event.uid}-{date.number}",
        starts_at=date.starts_at,
        ends_at=date.ends_at,
        title=title,
        stamped_at=stamped_at,
    )
    entry.add("CREATED", event.published_at)
    entry.add("TRANSP", "OPAQUE" if busy else "TRANSPARENT")
    return entry


def _described(
    entry: icalendar.Event, event: Event, base_url: str, *, note: str, date: EventDate | None = None
) -> icalendar.Event:
    entry.add("DESCRIPTION", _description(event, base_url, note))
    entry.add("LOCATION", one_line(words.where_on(date) if date else words.where(event)))
    if not (date and date.venue) and (where := _coordinates(event)) is not None:
        entry.add("GEO", where)
    entry.add("URL", address(event, base_url))
    if event.theme:
        entry.add("CATEGORIES", one_line(event.theme))
    return entry


def deadline(
    event: Event,
    *,
    uid: str,
    title: str,
    at: datetime,
    base_url: str,
    stamped_at: datetime | None = None,
) -> icalendar.Event:
    """Return a deadline as an entry of its own, which marks nobody as busy.

    `uid` is appended to the event's own. A deadline of a cancelled event is cancelled with it.
    """
    return writing.appointment(
        uid=f"{event.uid}-{uid}",
        starts_at=at - DEADLINE_SHOWN,
        ends_at=at,
        title=f"{title}: {event.title}",
        stamped_at=stamped_at or event.modified_at,
        sequence=event.sequence + event.deadline_changes,
        status=_status(event),
        busy=False,
        url=address(event, base_url),
        category="Deadline",
    )


def deadline_calendar(event: Event, which: Deadline, at: datetime, *, base_url: str) -> bytes:
    """Return one deadline as an iCalendar file, to go with a mail (METHOD PUBLISH)."""
    file = writing.new_calendar()
    file.add("METHOD", "PUBLISH")
    words_of = DEADLINE_WORDS[which]
    file.add_component(deadline(event, uid=which, title=words_of, at=at, base_url=base_url))
    return writing.written(file)


def address(event: Event, base_url: str) -> str:
    """Return the address of an event's page."""
    return base_url.rstrip("/") + addresses.EVENT(slug=event.slug)


def _coordinates(event: Event) -> tuple[float, float] | None:
    """Return where the event is, if it is at the host's own address and that is known."""
    host = event.host_school
    if host.easting is None or host.northing is None or not host.postcode:
        return None
    if _bare(host.postcode) not in _bare(event.venue_address):
        return None
    return grid.to_wgs84(host.easting, host.northing)


def _bare(text: str) -> str:
    return "".join(text.upper().split())


def _description(event: Event, base_url: str, note: str) -> str:
    lines = [
        f"Cancelled: {event.cancelled_reason}" if event.cancelled_reason else note,
        event.concept,
        f"For {words.years(event)}. Hosted by {event.host_school.name}. Led by {event.led_by}.",
        f"{words.fee(event)}.",
        event.practicalities,
        address(event, base_url),
    ]
    return clean("\n\n".join(clean(line) for line in lines if line))
