"""Records of lists for the coach: who took one, for which event, how many pupils."""

from datetime import datetime

from booking.days.events.models import Event
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit


def note_coach_list(
    *, actor: Actor, now: datetime, event: Event, school_id: int, rows: int, health: bool
) -> None:
    """Record a download; `health` is whether it included life-safety alerts."""
    audit.record(
        actor=actor,
        action="download_coach_list",
        subject=event,
        school_id=school_id,
        now=now,
        rows=rows,
        health=health,
    )
