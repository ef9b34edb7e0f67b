"""What the page of a proposed payment shows, worked out before a template sees it."""

from collections.abc import Sequence

from booking.days.events import queries as event_queries
from booking.domain import ledger
from booking.domain.ledger import EntryKind, accounts
from booking.foundation.web import filters
from booking.money.fund import queries
from booking.money.fund.details import HandEntry
from booking.money.fund.models import SpendingProposal


def spending_rows(proposal: SpendingProposal) -> Sequence[tuple[str, str]]:
    """Return what the form said, label by label, as its treasurer filled it in."""
    entry = HandEntry.of_plain(proposal.wanted)
    event = event_queries.by_slug(entry.event) if entry.event else None
    rows = [
        ("What", ledger.KIND_NAMES[entry.kind]),
        ("For", entry.description or entry.reason),
        ("Event", event.title if event else ""),
        ("School that gains", proposal.school.name if proposal.school else ""),
        ("Date", filters.day(entry.entered_on)),
        ("From fund", queries.fund_title(entry.fund)),
        ("To fund", queries.fund_title(entry.target) if entry.kind is EntryKind.TRANSFER else ""),
        ("Paid from", accounts.NAMES[entry.account]),
    ]
    return [(label, said) for label, said in rows if said]
