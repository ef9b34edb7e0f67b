"""What must be true of payments at any moment. Checks only read."""

from collections.abc import Iterable, Sequence

from booking.foundation.chores import Check, found_by
from booking.money.payments import gateway

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
            LEFT JOIN entries AS reversals ON reversals.reverses_id = entries.id
            WHERE payments.state IN ('paid', 'part_refunded', 'refunded')
                AND (entries.id IS NULL OR reversals.id IS NOT NULL)
            """,
            "payment {0} has no entry for line {1}, or it was reversed in the ledger: if it was "
            "taken by hand, its school takes it back on the pupil's page",
        ),
    ),
    Check(
        "No payment that was undone is still in the ledger",
        found_by(
            """
            SELECT payments.public_id FROM payments
            JOIN entries ON entries.key = 'payment:' || payments.public_id
            LEFT JOIN entries AS reversals ON reversals.reverses_id = entries.id
            WHERE payments.undone_at IS NOT NULL AND reversals.id IS NULL
            """,
            "payment {0} was undone, but its entry has not been reversed",
        ),
    ),
    Check(
        "Every refund is in the ledger just when the money has gone",
        found_by(
            """
            SELECT refunds.public_id, refunds.state FROM refunds
            LEFT JOIN entries ON entries.key = 'refund:' || refunds.public_id
            LEFT JOIN entries AS reversals ON reversals.reverses_id = entries.id
            WHERE refunds.instead NOT IN ('gift', 'dispute')
                AND (refunds.state IN ('pending', 'succeeded'))
                    <> (entries.id IS NOT NULL AND reversals.id IS NULL)
            """,
            "refund {0} is {1}, and the ledger says otherwise: if a person handed it back, take "
            "that back on its page",
        ),
    ),
    Check(
        "Every paying-in slip is in the ledger just as long as it stands",
        found_by(
            """
            SELECT pay_ins.reference, pay_ins.banked_on FROM pay_ins
            LEFT JOIN entries ON entries.key = 'pay-in:' || pay_ins.public_id
            LEFT JOIN entries AS reversals ON reversals.reverses_id = entries.id
            WHERE (pay_ins.undone_at IS NULL)
                <> (entries.id IS NOT NULL AND reversals.id IS NULL)
            """,
            "slip {0} of {1} is not in the ledger as its page says: undo it there",
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


NO_PROCESSOR = "Nothing waits for a card processor where there is none"
#: Only the card processor of that day knows how these end.
_LEFT_BEHIND = found_by(
    """
    SELECT 'payment ' || public_id, 'open' FROM payments
    WHERE method = 'card' AND state = 'opened' AND session_id IS NOT NULL
    UNION ALL
    SELECT 'refund ' || refunds.public_id, 'on its way' FROM refunds
    JOIN payments ON payments.id = refunds.payment_id
    WHERE payments.method = 'card' AND refunds.state = 'pending'
    """,
    "{0} is still {1} at a card processor, but PAYMENTS=none: set PAYMENTS back until it has ended",
)


def left_behind() -> Iterable[str]:
    """Return what waits for a card processor that the settings no longer name."""
    return [] if gateway.takes_cards() else _LEFT_BEHIND()


def checks() -> Sequence[Check]:
    """Return the doctor's checks."""
    return (*CHECKS, Check(NO_PROCESSOR, left_behind))
