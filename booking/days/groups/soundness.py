"""What must always be true of groups and workshops; the checks only read."""

from collections.abc import Sequence

from booking.days.groups.service import sharing
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
    Check(
        "No workshop has more pupils than places",
        found_by(
            """
            SELECT workshops.id, COUNT(workshop_spots.id), workshops.places FROM workshops
            JOIN workshop_spots ON workshop_spots.workshop_id = workshops.id
            GROUP BY workshops.id, workshops.places, workshop_spots.half
            HAVING COUNT(workshop_spots.id) > workshops.places
                OR MAX(workshop_spots.number) > workshops.places
            """,
            "workshop {0}: {1} pupils on {2} places",
        ),
    ),
    Check(
        "A pupil is at a workshop of the right event, at its time, and at one at a time",
        found_by(
            """
            SELECT workshop_spots.booking_id FROM workshop_spots
            JOIN workshops ON workshops.id = workshop_spots.workshop_id
            JOIN bookings ON bookings.id = workshop_spots.booking_id
            WHERE workshops.event_id <> bookings.event_id
               OR bookings.state NOT IN ('confirmed', 'attended', 'absent')
               OR (workshops.time = 'first' AND workshop_spots.half <> 1)
               OR (workshops.time = 'second' AND workshop_spots.half <> 2)
               OR (workshops.time = 'whole_day' AND NOT EXISTS (
                    SELECT 1 FROM workshop_spots AS other
                    WHERE other.booking_id = workshop_spots.booking_id
                      AND other.workshop_id = workshop_spots.workshop_id
                      AND other.half <> workshop_spots.half))
            """,
            "booking {0} is at a workshop where it cannot be",
        ),
    ),
    Check("Workshops were shared out as their record says", sharing.problems),
)


def checks() -> Sequence[Check]:
    """Return the doctor's checks."""
    return CHECKS
