"""What checkout adds to the fund's statement of an event: totals only, never one family's."""

from booking.days.events.models import Event
from booking.domain import charging, english, money
from booking.domain.payment_states import FundingStatus
from booking.money.checkout.queries import replies

Row = tuple[str, str]
_RECEIVED = (FundingStatus.RECEIVED, FundingStatus.PARTLY)
NOT_SHOWN = "Not shown, so that no family can be picked out"


def of_event(event: Event) -> list[Row]:
    """Return how many families were asked, how many gave, and what was remitted.

    Nobody can work out a group of fewer than five from it: see `shown_counts`.
    """
    if not charging.asks_parent(event.fee_kind):
        return []
    standings = replies.standings(event.id)
    remitted, remitted_pence = standings.get(FundingStatus.REMITTED, (0, 0))
    shown = charging.shown_counts(
        asked=sum(count for count, _ in standings.values()),
        received=sum(standings.get(status, (0, 0))[0] for status in _RECEIVED),
        remitted=remitted,
    )
    rows = [("Asked", _families(shown.asked)), ("Received from", _families(shown.received))]
    if charging.may_block_place(event.fee_kind):
        words = _families(shown.remitted)
        in_all = f", {money.pounds(remitted_pence)} in total" if shown.remitted else ""
        rows.append(("Remitted", words + in_all))
    return rows


def _families(count: int | None) -> str:
    if count is None:
        return NOT_SHOWN
    return english.plural(count, "family") if count else "no family"
