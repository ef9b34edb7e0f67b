"""What has to be true of the ledger at any moment: each reads only."""

from collections.abc import Iterable, Sequence

from booking.foundation.chores import Check, found_by
from booking.money.fund import service


def _ledger() -> Iterable[str]:
    if problem := service.verify().problem:
        yield problem


CHECKS = (
    Check(
        "Every ledger entry is whole, balances in each fund, and is as it was when sealed", _ledger
    ),
    Check(
        # Costs of events come before their contributions, and administration bears what it must.
        "No fund but events and administration is overspent",
        found_by(
            """
            SELECT funds.title, SUM(pence) FROM entry_lines
            JOIN funds ON funds.name = entry_lines.fund
            WHERE fund NOT IN ('events', 'admin') AND account LIKE 'assets:%'
            GROUP BY funds.title HAVING SUM(pence) < 0
            """,
            "the {0} stands at {1} pence",
        ),
    ),
)


def checks() -> Sequence[Check]:
    """Return what the doctor asks."""
    return CHECKS
