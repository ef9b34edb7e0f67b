"""Calendars of the demonstration: partners' dates beside our own, and one that Google fetches."""

from datetime import datetime, time, timedelta
from hashlib import sha256

import icalendar

from booking.cli.demo.calendar import fitting_day
from booking.cli.demo.world import World
from booking.days.partners import reading
from booking.days.partners import service as partners
from booking.days.partners.fetching import Known
from booking.domain.permissions import Actor
from booking.foundation.clock import LONDON
from booking.foundation.db import transaction
from booking.on_the_day.calendars import service as calendars

#: (partner, address, dates): a title, days from today, whole days or an hour and minutes.
PARTNERS: tuple[tuple[str, str, tuple[tuple[str, int, int, int | None], ...]], ...] = (
    (
        "Aldermere exam board",
        "https://dates.aldermere-exams.example/entries.ics",
        (
            ("Last day for exam entries", 11, 1, None),
            ("Reading paper, both tiers", 33, 90, 9),
            ("Mathematics paper, both tiers", 34, 90, 9),
            ("Results", 75, 1, None),
        ),
    ),
    (
        "Wexholt network",
        "https://wexholt-schools.example/events.ics",
        (
            ("Astronomy evening", 18, 120, 18),
            ("Science fair", 47, 300, 10),
            ("Book week", 60, 5, None),
        ),
    ),
)


def keep(world: World, now: datetime) -> None:
    """Let the lead follow two partners, and a coordinator have a calendar on a telephone."""
    lead = world.people["lead@fairplace.example"]
    for name, url, dates in PARTNERS:
        content = _calendar(world, dates)
        with transaction():
            feed = partners.follow(actor=lead, now=now, name=name, url=url)
            found = reading.dates(
                content, first_on=world.today, last_on=world.today + partners.AHEAD
            )
            partners.record_dates(
                now=now,
                feed_id=feed.id,
                known=Known(),
                dates=found,
                body_hash=sha256(content).hexdigest(),
            )
    first = next(iter(world.schools.values()))
    _have_a_calendar(world.coordinator_of(first), now)


def _have_a_calendar(actor: Actor, now: datetime) -> None:
    with transaction():
        feed, _ = calendars.make_feed(actor=actor, now=now, label="My telephone")
    with transaction():
        fetched_at, program = now - timedelta(hours=19), "Google-Calendar-Importer"
        calendars.note_fetch(now=fetched_at, feed_id=feed.id, program=program)


def _calendar(world: World, dates: tuple[tuple[str, int, int, int | None], ...]) -> bytes:
    """Return what a partner's server would send."""
    file = icalendar.Calendar()
    file.add("VERSION", "2.0")
    file.add("PRODID", "-//Partner//EN")
    for number, (title, days, length, hour) in enumerate(dates):
        on = fitting_day(world.calendar, world.today + timedelta(days=days), saturday=False)
        entry = icalendar.Event()
        entry.add("UID", f"{number}@partner.example")
        entry.add("SUMMARY", title)
        if hour is None:
            entry.add("DTSTART", on)
            entry.add("DTEND", on + timedelta(days=length))
        else:
            starts_at = datetime.combine(on, time(hour), tzinfo=LONDON)
            entry.add("DTSTART", starts_at)
            entry.add("DTEND", starts_at + timedelta(minutes=length))
        file.add_component(entry)
    return bytes(file.to_ical())
