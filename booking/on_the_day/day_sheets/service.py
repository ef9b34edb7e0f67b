"""Records of paper that was printed for a day: who, which event, how many people are on it."""

from datetime import datetime

from booking.days.events.models import Event
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit


def note_download(
    *, actor: Actor, now: datetime, event: Event, paper: str, rows: int, health: bool
) -> None:
    """Record a download; `health` is whether alerts, or marks for them, were on it."""
    audit.record(
        actor=actor,
        action="download_day_paper",
        subject=event,
        school_id=event.host_school_id,
        now=now,
        paper=paper,
        rows=rows,
        health=health,
    )
