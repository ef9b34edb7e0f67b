"""A calendar of the demonstration that a telephone fetches."""

from datetime import datetime, timedelta

from booking.foundation.db import transaction
from booking.on_the_day.calendars import service
from booking.people.schools.scene import Scene


def have_a_calendar(scene: Scene, now: datetime) -> None:
    """Let the first coordinator of the cast have a calendar on a telephone."""
    actor = scene.coordinator_of(next(iter(scene.schools.values())))
    with transaction():
        feed, _ = service.make_feed(actor=actor, now=now, label="My telephone")
    with transaction():
        fetched_at, program = now - timedelta(hours=19), "Google-Calendar-Importer"
        service.note_fetch(now=fetched_at, feed_id=feed.id, program=program)
