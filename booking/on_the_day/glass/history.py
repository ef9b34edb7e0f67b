"""How it is told in a history that somebody opened a school's pupils."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from booking.foundation.audit.details import ActWords, Related, act
from booking.on_the_day.glass.models import GlassOpening

_READ = "Who read families’ answers"


def acts() -> Mapping[str, ActWords]:
    """Return how it is told."""
    return {
        "open_pupils": act(
            _READ,
            "opened the pupils of {school}{event_id.more} for a quarter of an hour",
            "opened a school’s pupils for a quarter of an hour",
        )
    }


def related(table: str, row_id: int) -> Sequence[Related] | None:
    """Add it to the event's history."""
    if table != "events":
        return None
    found = select(GlassOpening.id).where(GlassOpening.event_id == row_id)
    return (Related("glass_openings", found),)
