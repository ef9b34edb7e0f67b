"""Records of packs and cards that were taken: who took which, and how many pupils it names."""

from datetime import datetime

from booking.days.events.models import Event
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit


def note_pack(*, actor: Actor, now: datetime, event: Event, school_id: int) -> None:
    """Record that a visit pack was downloaded."""
    audit.record(
        actor=actor, action="download_visit_pack", subject=event, school_id=school_id, now=now
    )


def note_cards(*, actor: Actor, now: datetime, event: Event, school_id: int) -> None:
    """Record that emergency cards were printed."""
    audit.record(
        actor=actor, action="download_emergency_cards", subject=event, school_id=school_id, now=now
    )
