"""The card processor of a network that has none: it takes nothing, and knows of nothing.

No page leads to it. It is asked only where a network that took cards before has money still on its
way: a refund to a card is refused, so that it is on the treasurer's list and goes back another way;
whatever cannot be known without the processor stays as it is, and the doctor says so.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NoReturn

from booking.money.payments import gateway, processor_account

WHY = "this network has no card processor (PAYMENTS=none)"


class NoGateway:
    """Take no card payments."""

    name = gateway.NONE
    live = False
    origins: tuple[str, ...] = ()

    def __init__(self) -> None:
        self.account = NoAccount()

    def open_session(self, order: gateway.Order) -> gateway.Session:
        """Refuse: there is no payment page."""
        raise gateway.GatewayRefused(WHY)

    def session(self, session_id: str) -> gateway.Session:
        """Raise GatewayUnavailable: only the processor of that day knows how the page ended."""
        return _unknown()

    def expire(self, session_id: str) -> gateway.Session:
        """Raise GatewayUnavailable, for the same reason."""
        return _unknown()

    def refund(self, order: gateway.RefundOrder) -> gateway.RefundAnswer:
        """Refuse: the money goes back another way."""
        raise gateway.GatewayRefused(WHY)

    def refund_now(self, refund_id: str) -> gateway.RefundAnswer:
        """Raise GatewayUnavailable: only the processor of that day knows."""
        return _unknown()

    def refunds_of(self, money_id: str) -> list[gateway.RefundAnswer]:
        """Return none."""
        return []

    def verify_message(self, raw: bytes, headers: Mapping[str, str]) -> gateway.ProcessorMessage:
        """Believe nobody."""
        raise gateway.BadSignature(WHY)


class NoAccount:
    """An account that nobody keeps."""

    def dispute(self, dispute_id: str) -> processor_account.FoundDispute:
        """Raise GatewayUnavailable."""
        return _unknown()

    def payouts_since(self, at: datetime) -> list[processor_account.FoundPayout]:
        """Return none."""
        return []

    def payout(self, payout_id: str) -> processor_account.FoundPayout:
        """Raise GatewayUnavailable."""
        return _unknown()

    def rows_of(self, payout_id: str) -> Iterator[processor_account.ProcessorRow]:
        """Return none."""
        return iter(())

    def balance_pence(self) -> int:
        """Return nothing: what the books still have at a processor is for a person to explain."""
        return 0

    def messages_since(self, at: datetime) -> list[gateway.ProcessorMessage]:
        """Return none."""
        return []


def _unknown() -> NoReturn:
    raise gateway.GatewayUnavailable(WHY)
