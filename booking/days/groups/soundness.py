"""What must always be true of groups; the checks only read."""

from collections.abc import Sequence

from booking.foundation.chores import Check, found_by

CHECKS = (
    Check(
        "A pupil’s group is one of the event where the pupil has a place",
        found_by(
            """
            SELECT bookings.id FROM group_members
            JOIN bookings ON bookings.id = group_members.booking_id
            JOIN event_groups ON event_groups.id = group_members.group_id
            WHERE event_groups.event_id <> bookings.event_id
               OR bookings.state NOT IN ('confirmed', 'attended', 'absent')
            """,
            "booking {0} is in a group without a confirmed place at its event",
        ),
    ),
)


def checks() -> Sequence[Check]:
    """Return the doctor's checks."""
    return CHECKS
