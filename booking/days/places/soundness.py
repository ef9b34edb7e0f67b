"""What must always be true of places, offers and bookings; the checks only read."""

from collections.abc import Sequence

from booking.foundation.chores import Check, found_by

CHECKS = (
    Check(
        "No event has more pupils than places",
        found_by(
            """
            SELECT events.slug, seated.taken, seated.held FROM events JOIN (
                SELECT places.event_id, COUNT(bookings.id) AS taken,
                       COUNT(DISTINCT places.id) AS held
                FROM places JOIN bookings ON bookings.place_id = places.id
                 AND bookings.state IN ('invited', 'confirmed', 'attended', 'absent')
                GROUP BY places.event_id
            ) AS seated ON seated.event_id = events.id WHERE seated.taken > seated.held
            """,
            "{0}: {1} pupils on {2} places",
        ),
    ),
    Check(
        "A pupil’s place belongs to the same event and the same school",
        found_by(
            """
            SELECT bookings.id FROM bookings JOIN places ON places.id = bookings.place_id
            WHERE bookings.state IN ('invited', 'confirmed', 'attended', 'absent')
              AND (places.event_id <> bookings.event_id
                   OR places.school_id IS NULL OR places.school_id <> bookings.school_id)
            """,
            "booking {0} has a place that is not its school's",
        ),
    ),
    Check(
        "Pupils are named by their own school",
        found_by(
            """
            SELECT bookings.id FROM bookings JOIN pupils ON pupils.id = bookings.pupil_id
            WHERE pupils.school_id <> bookings.school_id
            """,
            "booking {0} names another school's pupil",
        ),
    ),
    Check(
        "A pupil has one place, or is a reserve once, at an event",
        found_by(
            """
            SELECT events.slug, bookings.pupil_id, COUNT(*) FROM bookings
            JOIN events ON events.id = bookings.event_id
            WHERE bookings.state IN ('reserve', 'invited', 'confirmed', 'attended', 'absent')
            GROUP BY events.slug, bookings.pupil_id HAVING COUNT(*) > 1
            """,
            "{0}: pupil {1} is there {2} times",
        ),
    ),
    Check(
        # A date may change later and put a pupil at two; the coordinators are told, and choose.
        "No pupil was named for two events at once",
        found_by(
            """
            SELECT DISTINCT a.id, b.id FROM bookings AS a
            JOIN bookings AS b ON a.pupil_id = b.pupil_id AND a.event_id < b.event_id
            JOIN event_dates AS da ON da.event_id = a.event_id
            JOIN event_dates AS db ON db.event_id = b.event_id
            WHERE a.state IN ('invited', 'confirmed') AND b.state IN ('invited', 'confirmed')
              AND da.starts_at < db.ends_at AND db.starts_at < da.ends_at
              AND NOT EXISTS (
                SELECT 1 FROM audit_entries AS moved
                WHERE moved.action = 'change_event' AND moved.subject_type = 'events'
                  AND moved.subject_id IN (CAST(a.event_id AS VARCHAR(20)),
                                           CAST(b.event_id AS VARCHAR(20)))
                  AND CAST(moved.facts AS VARCHAR(2000)) LIKE '%"dates"%'
                  AND moved.at >= a.named_at AND moved.at >= b.named_at)
            """,
            "bookings {0} and {1} put one pupil at two events at the same time",
        ),
    ),
    Check(
        "A place on offer is held by nobody",
        found_by(
            """
            SELECT offers.id FROM offers JOIN places ON places.id = offers.place_id
            WHERE offers.state = 'open' AND places.school_id IS NOT NULL
            """,
            "offer {0} is open although a school holds its place",
        ),
    ),
)


def checks() -> Sequence[Check]:
    """Return the doctor's checks."""
    return CHECKS
