"""Stands in front of every card processor, so that nobody waits long for one that is silent.

After three silences in a row the processor is left alone for half a minute: whoever would call it
hears so at once. And nothing is asked for a page whose time is up. Both hold for any processor,
because the guard stands at the port; only how a call is cut short is the adapter's own business.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from booking.foundation.breaker import DOUBT, Breaker, LeftAlone
from booking.money.payments import gateway, processor_account

T = TypeVar("T")


class Guarded:
    """A card processor behind its guard; one per application."""

    def __init__(self, processor: processor_account.Processor) -> None:
        self._processor = processor
        self._breaker = Breaker(f"the card processor {processor.name}")
        self.name, self.live, self.origins = processor.name, processor.live, processor.origins
        self.account = GuardedAccount(processor.account, self)

    def __getattr__(self, name: str) -> Any:
        """Return what only this processor has, beyond the port."""
        return getattr(self._processor, name)

    def ask(self, call: Callable[[], T]) -> T:
        """Call the processor, unless it is left alone or no time is left. GatewayResting."""
        left = gateway.seconds_left()
        if left is not None and left <= 0:
            raise gateway.GatewayResting("whoever waits has waited long enough")
        try:
            wait = DOUBT if left is None else timedelta(seconds=left)
            with self._breaker.calling(gateway.GatewaySilent, wait=wait):
                return call()
        except LeftAlone as error:
            raise gateway.GatewayResting(str(error)) from error

    def open_session(self, order: gateway.Order) -> gateway.Session:
        """Open a payment page."""
        return self.ask(lambda: self._processor.open_session(order))

    def session(self, session_id: str) -> gateway.Session:
        """Return the page as it is now."""
        return self.ask(lambda: self._processor.session(session_id))

    def expire(self, session_id: str) -> gateway.Session:
        """Close an open page."""
        return self.ask(lambda: self._processor.expire(session_id))

    def refund(self, order: gateway.RefundOrder) -> gateway.RefundAnswer:
        """Refund money."""
        return self.ask(lambda: self._processor.refund(order))

    def refund_now(self, refund_id: str) -> gateway.RefundAnswer:
        """Return a refund as it is now."""
        return self.ask(lambda: self._processor.refund_now(refund_id))

    def refunds_of(self, money_id: str) -> list[gateway.RefundAnswer]:
        """Return every refund of a payment's money."""
        return self.ask(lambda: self._processor.refunds_of(money_id))

    def verify_message(self, raw: bytes, headers: Mapping[str, str]) -> gateway.ProcessorMessage:
        """Return what a signed message says; this calls nobody."""
        return self._processor.verify_message(raw, headers)


class GuardedAccount:
    """Our account at the processor, behind the same guard."""

    def __init__(self, account: processor_account.ProcessorAccount, guarded: Guarded) -> None:
        self._account = account
        self._ask = guarded.ask

    def dispute(self, dispute_id: str) -> processor_account.FoundDispute:
        """Return a dispute as it is now."""
        return self._ask(lambda: self._account.dispute(dispute_id))

    def payouts_since(self, at: datetime) -> list[processor_account.FoundPayout]:
        """Return the payouts made since then."""
        return self._ask(lambda: self._account.payouts_since(at))

    def payout(self, payout_id: str) -> processor_account.FoundPayout:
        """Return a payout as it is now."""
        return self._ask(lambda: self._account.payout(payout_id))

    def rows_of(self, payout_id: str) -> Iterator[processor_account.ProcessorRow]:
        """Return the rows in a payout; each row may be the first of another page to call for."""
        rows = self._ask(lambda: self._account.rows_of(payout_id))
        while (row := self._ask(lambda: next(rows, None))) is not None:
            yield row

    def balance_pence(self) -> int:
        """Return our account's balance at the processor."""
        return self._ask(self._account.balance_pence)

    def messages_since(self, at: datetime) -> list[gateway.ProcessorMessage]:
        """Return the messages written since then."""
        return self._ask(lambda: self._account.messages_since(at))
