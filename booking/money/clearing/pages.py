"""What the pages about payouts show, ready for the templates."""

from collections.abc import Sequence
from dataclasses import dataclass

from booking.domain.processor_states import PayoutState
from booking.money.fund.models import Entry
from booking.money.payments import gateway
from booking.money.payments import queries as payment_queries
from booking.money.payments.models import Payout

#: How many entries are listed by themselves in what the processor and the books differ by.
LISTED_MAX = 50


@dataclass(frozen=True)
class HeldAndBooked:
    """What the processor held when asked, and how our books come to what they say (pence)."""

    processor_pence: int
    books_pence: int
    #: What was recorded since it was asked, newest first: words, the entry's key, and pence.
    since: Sequence[tuple[str, str, int]]
    #: Recorded since as well, too many to be listed.
    others_pence: int

    @property
    def unexplained_pence(self) -> int:
        """Return what still differs; above zero the books say more than the processor held."""
        since = sum(pence for _, _, pence in self.since) + self.others_pence
        return self.books_pence - since - self.processor_pence


def has_card_money() -> bool:
    """Return whether card money matters: a network without a processor may have had one."""
    return gateway.takes_cards() or payment_queries.has_card_payments()


def compare(
    processor_pence: int,
    books_pence: int,
    since: Sequence[tuple[Entry, int]],
    since_pence: int,
) -> HeldAndBooked:
    """Return the comparison.

    `since` are the newest entries recorded after the processor was asked, `since_pence` what all of
    them moved.
    """
    return HeldAndBooked(
        processor_pence,
        books_pence,
        [(entry.title, entry.key, pence) for entry, pence in since],
        since_pence - sum(pence for _, pence in since),
    )


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
