"""What the bank says on other pages of the fund."""

from booking.domain import money, terms
from booking.foundation.web import addresses
from booking.money.bank import queries
from booking.money.fund.models import Entry
from booking.money.fund.ports import BankedEntry


def banked(entry: Entry) -> BankedEntry | None:
    """Return the first bank line that an entry is matched with."""
    lines = queries.lines_matched_with(entry.id)
    if not lines:
        return None
    line = lines[0]
    words = f"{money.pounds(line.pence)} on {terms.day_text(line.moved_on)}, “{line.description}”"
    others = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
    return BankedEntry(f"{words}{others}.", addresses.FUND_BANK_LINE(public_id=line.public_id))
