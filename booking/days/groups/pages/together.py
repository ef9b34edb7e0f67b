"""Who is with whom, for every list of pupils: roster, register, coach list, labels."""

from collections.abc import Mapping, Sequence

from booking.days.groups import queries
from booking.days.groups.queries import workshops

GROUP, WORKSHOPS = "Group", "Workshops"


def together(event_id: int) -> Sequence[tuple[str, Mapping[int, str]]]:
    """Return the heading of each such column, and what stands beside a booking; none if empty."""
    found = (
        (GROUP, queries.names_by_booking(event_id)),
        (WORKSHOPS, workshops.titles_by_booking(event_id)),
    )
    return [(heading, names) for heading, names in found if names]
