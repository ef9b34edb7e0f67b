"""What the bank says on other pages of the fund."""

from collections.abc import Sequence

from booking.domain import money, terms
from booking.domain.ledger import EntryKind
from booking.foundation.web import addresses
from booking.money.bank import queries
from booking.money.fund.models import Entry
from booking.money.fund.ports import BankedEntry, ReceivedMoney


def banked(entry: Entry) -> BankedEntry | None:
    """Return the first bank line that an entry is matched with."""
    lines = queries.lines_matched_with(entry.id)
    if not lines:
        return None
    line = lines[0]
    words = f"{money.pounds(line.pence)} on {terms.day_text(line.moved_on)}, “{line.description}”"
    others = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
    return BankedEntry(f"{words}{others}.", addresses.FUND_BANK_LINE(public_id=line.public_id))


def received_money() -> Sequence[ReceivedMoney]:
    """Return the unmatched lines that brought money, but those whose payment is in the ledger."""
    recorded = {
        line.public_id
        for each in queries.proposals()
        if each.entries and all(_is_of_a_school(of) for of in each.entries)
        for line in each.lines
    }
    return [
        ReceivedMoney(line.public_id, line.moved_on, line.pence, line.description)
        for line in queries.unmatched_lines(limit=queries.LINES_AT_ONCE)
        if line.pence > 0 and not line.brought_forward and line.public_id not in recorded
    ]


def _is_of_a_school(of: queries.BankEntry) -> bool:
    return of.entry.kind == EntryKind.SCHOOL_INVOICE_PAID
