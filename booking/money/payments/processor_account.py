"""The port to our account at the processor: its rows, payouts, disputes and messages.

It has the same two adapters as `gateway.py`, and they raise the same exceptions. It only reads:
nothing here moves money.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from flask import current_app

from booking.domain.processor_states import DisputeState, PayoutState, RowKind
from booking.money.payments import gateway


@dataclass(frozen=True)
class ProcessorRow:
    """A row of our account at the processor: what moved, and the fee. Never changes."""

    id: str
    kind: RowKind
    #: Before the fee; below zero if it left the account.
    amount_pence: int
    fee_pence: int
    currency: str
    at: datetime
    #: The processor's id of what it is about: a charge, refund, dispute or payout.
    source_id: str = ""
    money_id: str = ""
    #: Our reference, as noted on the payment.
    reference: str = ""
    #: The processor's own words, without names.
    words: str = ""

    @property
    def net_pence(self) -> int:
        """Return how the account changed."""
        return self.amount_pence - self.fee_pence


@dataclass(frozen=True)
class FoundPayout:
    """Money on its way from the processor to the network's own bank account."""

    id: str
    #: Below zero if the processor takes money back from the bank account.
    amount_pence: int
    currency: str
    state: PayoutState
    arrives_on: date
    created_at: datetime
    #: Only an automatic payout can say which rows are in it.
    automatic: bool
    #: Whether the processor has finished putting its rows together.
    complete: bool


@dataclass(frozen=True)
class FoundDispute:
    """A dispute as it is at the processor now, with the rows it has caused."""

    id: str
    money_id: str
    amount_pence: int
    currency: str
    reason: str
    state: DisputeState
    opened_at: datetime
    #: When the cardholder's bank wants evidence by.
    evidence_due_at: datetime | None
    rows: tuple[ProcessorRow, ...] = ()


class ProcessorAccount(Protocol):
    """Our account at the processor. Raises GatewayUnavailable and GatewayRefused of the gateway."""

    def dispute(self, dispute_id: str) -> FoundDispute:
        """Return a dispute as it is now."""

    def payouts_since(self, at: datetime) -> list[FoundPayout]:
        """Return the payouts made since then, oldest first."""

    def payout(self, payout_id: str) -> FoundPayout:
        """Return a payout as it is now."""

    def rows_of(self, payout_id: str) -> Iterator[ProcessorRow]:
        """Return the rows in an automatic payout, page after page."""

    def balance_pence(self) -> int:
        """Return our account's balance at the processor, settled or not."""

    def messages_since(self, at: datetime) -> list[gateway.ProcessorMessage]:
        """Return the messages written since then that are any kind of News, oldest first."""


class Processor(gateway.Gateway, Protocol):
    """A complete card processor: it takes payments and reports on our account."""

    @property
    def account(self) -> ProcessorAccount:
        """Return our account there."""


def current() -> ProcessorAccount:
    """Return the account behind the gateway that the setting PAYMENTS chose."""
    processor: Processor = current_app.extensions[gateway.EXTENSION]
    return processor.account
