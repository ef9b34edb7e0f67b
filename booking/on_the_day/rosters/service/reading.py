"""Records of downloads and of life-safety alerts shown: who, which event, how many pupils."""

from collections.abc import Sequence
from datetime import datetime

from booking.days.events.models import Event
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit


def note_download(
    *,
    actor: Actor,
    now: datetime,
    event: Event,
    file_format: str,
    rows: int,
    health: bool,
    columns: Sequence[str],
) -> None:
    """Record a download with its columns; `health` is whether life-safety alerts were in it."""
    audit.record(
        actor=actor,
        action="download_roster",
        subject=event,
        school_id=event.host_school_id,
        now=now,
        format=file_format,
        rows=rows,
        health=health,
        columns=list(columns),
    )


def note_health_read(
    *, actor: Actor, now: datetime, event: Event, rows: int, school_id: int | None = None
) -> None:
    """Record that life-safety alerts were shown on a page: to the host, or to the home school
    that is named.
    """
    audit.record(
        actor=actor,
        action="read_health",
        subject=event,
        school_id=event.host_school_id if school_id is None else school_id,
        now=now,
        rows=rows,
    )
