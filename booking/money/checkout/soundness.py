"""What must be true of payments at any moment. Checks only read."""

from collections.abc import Sequence

from booking.foundation.chores import Check, found_by

CHECKS = (
    Check(
        "Consent is asked for again only where a pupil has a place",
        found_by(
            """
            SELECT bookings.id, bookings.state FROM consent_questions
            JOIN bookings ON bookings.id = consent_questions.booking_id
            WHERE bookings.state IN ('reserve', 'declined', 'lapsed', 'withdrawn', 'cancelled')
            """,
            "booking {0} is {1}, and its parents are asked whether it is still fine",
        ),
    ),
    Check(
        "Every payment that was taken is in the ledger",
        found_by(
            """
            SELECT payments.public_id, payment_lines.number FROM payments
            JOIN payment_lines ON payment_lines.payment_id = payments.id
            LEFT JOIN entries ON entries.key = 'payment:' || payments.public_id
                || CASE payment_lines.number WHEN 1 THEN '' ELSE ':' || payment_lines.number END
            WHERE payments.state IN ('paid', 'part_refunded', 'refunded') AND entries.id IS NULL
            """,
            "payment {0} has no entry for line {1}",
        ),
    ),
    Check(
        "A payment is the sum of its lines, and what was refunded the sum of its refunds",
        found_by(
            """
            SELECT payments.public_id FROM payments WHERE
                payments.amount_pence <> (SELECT COALESCE(SUM(amount_pence), 0)
                    FROM payment_lines WHERE payment_id = payments.id)
                OR payments.refunded_pence <> (SELECT COALESCE(SUM(refunded_pence), 0)
                    FROM payment_lines WHERE payment_id = payments.id)
                OR EXISTS (SELECT 1 FROM payment_lines WHERE payment_id = payments.id
                    AND refunded_pence <> (SELECT COALESCE(SUM(amount_pence), 0) FROM refunds
                        WHERE line_id = payment_lines.id AND state IN ('pending', 'succeeded')))
            """,
            "payment {0} does not add up",
        ),
    ),
)


def checks() -> Sequence[Check]:
    """Return the doctor's checks."""
    return CHECKS
