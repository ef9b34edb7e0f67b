"""The demonstration's treasurer."""

from datetime import datetime
from typing import Any

from booking.domain import ledger
from booking.domain.ledger import Fund, accounts
from booking.domain.permissions import Actor
from booking.foundation import clock
from booking.foundation.audit import service as audit
from booking.foundation.db import transaction
from booking.money.clearing import service as clearing
from booking.money.fund import demonstration as fund_demonstration
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.payments.demo_processor import books as demo_books


class Treasury:
    """What the treasurer does by hand, and the seals on the ledger and the trail."""

    def __init__(self, treasurer: Actor, lead: Actor) -> None:
        self.treasurer, self.lead = treasurer, lead
        self._entries = 0

    def held(self, of: Fund) -> int:
        """Return how much of a fund is in the bank account, in pence."""
        return fund_queries.held_by_fund(accounts.BANK)[of]

    def pay_out(self, now: datetime) -> None:
        """Pay everything out as the card processor; the worker reads it row by row."""
        with transaction():
            paid_out = demo_books.pay_out(now=now)
        if paid_out is not None:
            clearing.reconcile_payouts(now)

    def enter(self, now: datetime, kind: ledger.EntryKind, **facts: Any) -> None:
        """Post an entry by hand, as the treasurer; the lead approves what takes two people."""
        self._entries += 1
        entry = fund.HandEntry(
            kind=kind, reference=f"demo-{self._entries}", entered_on=clock.today(), **facts
        )
        fund_demonstration.pay(self.treasurer, self.lead, now=now, hand=entry)

    def seal(self) -> None:
        """Seal the ledger and the trail, as the worker does."""
        for seal in (fund.seal, audit.seal):
            done = 1
            while done:
                with transaction():
                    done = seal(now=clock.now())
