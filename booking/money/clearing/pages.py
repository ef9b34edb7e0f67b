"""What the pages about payouts show, ready for the templates."""

from booking.domain.processor_states import PayoutState
from booking.money.payments.models import Payout


def standing(payout: Payout) -> tuple[str, str]:
    """Return how a payout compares with its rows: the words of its tag, and their tone."""
    if payout.state is PayoutState.FAILED:
        return "Came back", "bad"
    if payout.posted_at is None:
        return "Not complete yet", "neutral"
    if not payout.automatic:
        return "In the books as one amount", "info"
    if payout.rows_pence == payout.amount_pence:
        return "Agrees", "good"
    return "Does not agree", "bad"
