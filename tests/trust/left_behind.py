"""Something left behind at the event of the small network, and what its host wrote: both marked."""

from booking.days.events.models import Event
from tests.builders import closing

#: For the schools that came and whoever runs the event; for the latter alone.
LOST_WORD, REFLECTED_WORD = "Zqlost", "Zqreflected"


def build(event: Event) -> dict[str, str]:
    """List a thing, and write what to change."""
    thing = closing.leave(event, what=f"A blue coat, {LOST_WORD}")
    closing.reflect(event, to_change=f"More tables, {REFLECTED_WORD}")
    return {"lost": thing.public_id}
