"""What proposed payments are called on pages and in mails."""

from booking.domain import ledger
from booking.domain.ledger.two_people import SpendingState, WhyTwo
from booking.money.fund.details import HandEntry
from booking.money.fund.models import SpendingProposal

SPENDING_STATES = {
    SpendingState.ASKED: ("Waiting", "warn"),
    SpendingState.APPROVED: ("Approved", "good"),
    SpendingState.REFUSED: ("Refused", "bad"),
    SpendingState.WITHDRAWN: ("Taken back", "neutral"),
    SpendingState.LAPSED: ("Lapsed", "neutral"),
}
_WHY = {
    WhyTwo.ABOVE: "it is above the limit for one person.",
    WhyTwo.OWN_SCHOOL: "whoever proposes it holds a role at the school that gains.",
    WhyTwo.TOGETHER: (
        "with what one person alone has paid this term to the same school, or for what concerns no "
        "school, it is above the limit."
    ),
}


def why_two(proposal: SpendingProposal) -> str:
    """Return why a payment takes two people, as the end of a sentence."""
    return _WHY[proposal.why]


def payment(entry: HandEntry) -> str:
    """Return what a payment is for: "Speaker: Oracy, 3 March"."""
    return f"{ledger.KIND_NAMES[entry.kind]}: {entry.description or entry.reason}"
