"""What checkout adds to the fund's statement of an event: totals only, never a family's own."""

from booking.checkout import queries
from booking.domain import charging, money
from booking.domain.payment_states import FundingStatus
from booking.events.models import Event

Row = tuple[str, str]
_RECEIVED = (FundingStatus.RECEIVED, FundingStatus.PARTLY)


def of_event(event: Event) -> list[Row]:
    """Return how many families were asked, how many gave, and what was remitted.

    Small counts are written as "fewer than 5": among few, a number could point at somebody.
    """
    if not charging.asks_parent(event.fee_kind):
        return []
    standings = queries.standings(event.id)
    asked = sum(count for count, _ in standings.values())
    received = sum(standings.get(status, (0, 0))[0] for status in _RECEIVED)
    rows = [("Asked", _families(asked)), ("Received from", _families(received))]
    if charging.may_block_place(event.fee_kind):
        rows.append(("Remitted", _remitted(*standings.get(FundingStatus.REMITTED, (0, 0)))))
    return rows


def _families(count: int) -> str:
    return f"{charging.suppress_small(count)} families"


def _remitted(count: int, pence: int) -> str:
    """Return the total, which is shown only when the count is."""
    if charging.is_small(count):
        return _families(count)
    return f"{_families(count)}, {money.pounds(pence)} in all"
