"""Record the entry that a bank line shows to be missing, and match the two."""

from dataclasses import replace
from datetime import datetime

from booking.domain import money
from booking.domain.ledger import EntryKind, accounts
from booking.domain.permissions import Actor
from booking.money.bank.models import BankLine
from booking.money.bank.service import matching
from booking.money.fund import locks as fund_locks
from booking.money.fund import service as fund
from booking.money.fund.details import HandEntry
from booking.money.fund.models import Entry, SpendingProposal


def record_missing(
    *, actor: Actor, now: datetime, line: BankLine, entry: HandEntry
) -> Entry | SpendingProposal:
    """Post what the treasurer filled in for a bank line, and match it with the line.

    What takes two people is proposed, and matched once the second approves.

    The amount and the account come from the bank; the date may be later, if the bank's own date is
    in a closed year. Sending the same form twice records one entry. Raises a MatchRefused, and
    what `fund.service.enter_or_ask` raises.
    """
    fund_locks.funds()
    if line.match_id is not None:
        raise matching.AlreadyMatched("This bank line has already been matched.")
    wanted = replace(
        entry, reference=f"bank-{line.public_id}", pence=abs(line.pence), account=accounts.BANK
    )
    # What was recorded for this line before and reversed is recorded again under another key.
    again = fund.key_after(wanted.key).removeprefix(wanted.key)
    wanted = replace(wanted, reference=wanted.reference + again)
    made = fund.enter_or_ask(actor=actor, now=now, entry=wanted, bank_line=line.public_id)
    if isinstance(made, SpendingProposal):
        if line.pence > 0 or wanted.kind is EntryKind.TRANSFER:
            raise matching.NotEqual("This money came in. Choose another kind of entry.")
        return made
    moved = sum(each.pence for each in made.lines if each.account == accounts.BANK)
    if moved != line.pence:
        raise matching.NotEqual(
            f"This would move {money.pounds(moved)} at the bank, but the line is "
            f"{money.pounds(line.pence)}. Choose another kind of entry."
        )
    matching.match(actor=actor, now=now, lines=[line.public_id], entries=[made.key])
    return made
