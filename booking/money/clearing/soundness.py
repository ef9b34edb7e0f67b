"""What must be true of the card processor's rows at any moment. The check only reads."""

from collections.abc import Sequence

from booking.foundation.chores import Check, found_by

CHECKS = (
    Check(
        "Every payout that arrived is in the ledger, and none that came back",
        found_by(
            """
            SELECT payouts.gateway_id, payouts.state FROM payouts
            WHERE payouts.posted_at IS NOT NULL AND payouts.amount_pence <> 0
                AND (payouts.state <> 'failed') <> EXISTS (
                    SELECT 1 FROM entries
                    LEFT JOIN entries AS reversals ON reversals.reverses_id = entries.id
                    WHERE reversals.id IS NULL
                        AND (entries.key = 'payout:' || payouts.gateway_id
                             OR entries.key LIKE 'payout:' || payouts.gateway_id || '_again-%'))
            """,
            "payout {0} is {1}, and the ledger says otherwise: its page records it again",
        ),
    ),
    Check(
        "Every processor row stands for entries of the same amount",
        found_by(
            """
            SELECT balance_rows.gateway_id, balance_rows.amount_pence - balance_rows.fee_pence,
                   COALESCE(SUM(entry_lines.pence), 0)
            FROM balance_rows
            LEFT JOIN row_entries ON row_entries.row_id = balance_rows.id
            LEFT JOIN entry_lines ON entry_lines.entry_id = row_entries.entry_id
             AND entry_lines.account = 'assets:card-clearing'
            WHERE balance_rows.kind <> 'payout' AND NOT EXISTS (
                SELECT 1 FROM explanations
                WHERE explanations.row_id = balance_rows.id AND explanations.parked_key = '')
            GROUP BY balance_rows.id, balance_rows.gateway_id,
                     balance_rows.amount_pence, balance_rows.fee_pence
            HAVING COALESCE(SUM(entry_lines.pence), 0)
                   <> balance_rows.amount_pence - balance_rows.fee_pence
            """,
            "row {0} is {1} pence at the card processor and {2} in the books",
        ),
    ),
)


def checks() -> Sequence[Check]:
    """Return the doctor's checks."""
    return CHECKS
