"""Counts of families that may be shown side by side without giving a small group away.

Hiding a small number is not enough: "10 asked, 9 gave" gives away that one did not. So numbers that
could be subtracted from one another are looked at together.
"""

from dataclasses import dataclass

from booking.domain.charging.fees import is_small


@dataclass(frozen=True)
class FamilyCounts:
    """How many families were asked, gave, and were let off; None is not shown."""

    asked: int | None
    received: int | None
    remitted: int | None


def shown_counts(*, asked: int, received: int, remitted: int) -> FamilyCounts:
    """Leave out what a group of one to four families could be worked out from.

    When there is any such group among those who gave, were let off, or did neither, we do not say
    how many were asked or let off. How many gave is shown unless that is a small group itself: what
    they gave is in the ledger anyway.
    """
    neither = asked - received - remitted
    assert min(received, remitted, neither) >= 0, "nobody is counted twice"
    if is_small(asked):
        return FamilyCounts(None, None, None)
    if any(group > 0 and is_small(group) for group in (received, remitted, neither)):
        return FamilyCounts(None, None if is_small(received) else received, None)
    return FamilyCounts(asked, received, remitted)
