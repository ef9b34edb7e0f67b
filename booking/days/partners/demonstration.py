"""Partners of the demonstration, whose dates stand beside our own."""

from datetime import datetime, time, timedelta
from hashlib import sha256

import icalendar

from booking.days.partners import reading, service
from booking.days.partners.fetching import KnownState
from booking.foundation.clock import LONDON
from booking.foundation.db import transaction
from booking.people.schools.scene import LEAD, Scene

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


def follow(scene: Scene, now: datetime) -> None:
    """Let the lead follow two partners."""
    lead = scene.people[LEAD]
    for name, url, dates in PARTNERS:
        content = _calendar(scene, dates)
        with transaction():
            feed = service.follow(actor=lead, now=now, name=name, url=url)
            found = reading.read(content, first_on=scene.today, last_on=scene.today + service.AHEAD)
            service.record_reading(
                now=now,
                feed_id=feed.id,
                url=feed.url,
                known=KnownState(),
                found=found,
                body_hash=sha256(content).hexdigest(),
            )


def _calendar(scene: Scene, dates: tuple[tuple[str, int, int, int | None], ...]) -> bytes:
    """Return what a partner's server would send."""
    file = icalendar.Calendar()
    file.add("VERSION", "2.0")
    file.add("PRODID", "-//Partner//EN")
    for number, (title, days, length, hour) in enumerate(dates):
        on = scene.fitting(-days)
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
