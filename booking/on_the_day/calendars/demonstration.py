"""A private calendar in the demonstration, fetched by a phone."""

from datetime import datetime, timedelta

from booking.foundation.db import transaction
from booking.on_the_day.calendars import service
from booking.people.schools.scene import Scene


def have_a_calendar(scene: Scene, now: datetime) -> None:
    """Give the first coordinator of the cast a calendar on a phone."""
    actor = scene.coordinator_of(next(iter(scene.schools.values())))
    with transaction():
        feed, _ = service.make_feed(actor=actor, now=now, label="My phone")
    with transaction():
        fetched_at, program = now - timedelta(hours=19), "Google-Calendar-Importer"
        service.note_fetch(now=fetched_at, feed_id=feed.id, program=program)
