"""What must be true of the ledger at any moment. Checks only read."""

from collections.abc import Iterable, Sequence

from booking.foundation.chores import Check, found_by
from booking.money.fund import service


def _ledger() -> Iterable[str]:
    if problem := service.verify().problem:
        yield problem


CHECKS = (
    Check(
        "Every ledger entry is whole, balances in each fund, and is as it was when sealed",
        _ledger,
        proved_apart=True,
    ),
    Check(
        "Every ledger entry is found by its size",
        found_by(
            """
            SELECT entries.key FROM entries
            LEFT JOIN entry_sizes ON entry_sizes.entry_id = entries.id
            WHERE entry_sizes.entry_id IS NULL
            """,
            "the entry {0} has no size",
        ),
    ),
    Check(
        "Every payment that two people approved is in the ledger as they approved it",
        found_by(
            """
            SELECT spending_proposals.public_id FROM spending_proposals
            LEFT JOIN entries ON entries.id = spending_proposals.made_id
            LEFT JOIN entry_sizes ON entry_sizes.entry_id = entries.id
            WHERE spending_proposals.state = 'approved'
              AND (entries.key IS NULL OR entries.key <> spending_proposals.key
                   OR entry_sizes.pence <> spending_proposals.pence)
            """,
            "the payment {0} is not in the ledger, or for another amount",
        ),
    ),
    Check(
        # Events' costs come before their contributions, and administration bears what it must.
        "No fund except events and administration is overspent",
        found_by(
            """
            SELECT funds.title, SUM(pence) FROM entry_lines
            JOIN funds ON funds.name = entry_lines.fund
            WHERE fund NOT IN ('events', 'admin') AND account LIKE 'assets:%'
            GROUP BY funds.title HAVING SUM(pence) < 0
            """,
            "the balance of the {0} is {1} pence",
        ),
    ),
)


def checks() -> Sequence[Check]:
    """Return the doctor's checks."""
    return CHECKS
