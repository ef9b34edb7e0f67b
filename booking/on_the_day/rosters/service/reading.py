"""Records of downloads and of life-safety alerts shown: who, which event, how many pupils."""

from datetime import datetime

from booking.days.events.models import Event
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit


def note_download(
    *, actor: Actor, now: datetime, event: Event, file_format: str, rows: int, health: bool
) -> None:
    """Record a download; `health` is whether it included life-safety alerts."""
    audit.record(
        actor=actor,
        action="download_roster",
        subject=event,
        school_id=event.host_school_id,
        now=now,
        format=file_format,
        rows=rows,
        health=health,
    )


def note_health_read(*, actor: Actor, now: datetime, event: Event, rows: int) -> None:
    """Record that life-safety alerts were shown on a page."""
    audit.record(
        actor=actor,
        action="read_health",
        subject=event,
        school_id=event.host_school_id,
        now=now,
        rows=rows,
    )
