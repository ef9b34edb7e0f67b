"""The port to whoever takes card payments: what we ask, what we are told, what may go wrong.

It has two adapters, Stripe Checkout and the demo card processor, and one for networks that have no
card processor (`takes_cards`). We call them only outside a transaction: a row lock held while
waiting for another company's computer would hold everybody up.

While a person waits for a page, all calls for that page share one budget (`somebody_waits`).
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from flask import current_app

from booking.domain.payment_states import RefundState

CURRENCY = "gbp"
#: A payment page may stay open this long, in minutes: Stripe's own limits, and a margin.
SHORTEST_MINUTES, LONGEST_MINUTES = 31, 24 * 60 - 5
EXTENSION = "payments.gateway"
#: The name of the gateway of a network that takes no cards.
NONE = "none"
#: Until when the processor may be called for whoever waits, on the clock that is never put back.
_until: ContextVar[float | None] = ContextVar("until", default=None)


class GatewayUnavailable(RuntimeError):
    """The processor could not be reached, or its answer was lost; the outcome is unknown.

    `answered` says that the processor reported an error of its own: it would repeat that answer
    for the same key, so the next try needs a new one.
    """

    def __init__(self, message: str, *, answered: bool = False) -> None:
        self.answered = answered
        super().__init__(message)


class GatewaySilent(GatewayUnavailable):
    """The processor could not be reached, or did not answer in time."""


class GatewayResting(GatewayUnavailable):
    """The processor was not called: it was silent a moment ago, or no time is left for it."""


class BalanceTooLow(GatewayUnavailable):
    """The processor holds too little of our money for this refund now; later it will have more."""


class GatewayRefused(RuntimeError):
    """The processor understood the request and refused it."""


class KeyUsedDifferently(GatewayRefused):
    """The idempotency key was used before with other parameters."""


class SessionNotOpen(GatewayRefused):
    """Only an open payment page can be closed; this one was paid or has expired."""


class BadSignature(ValueError):
    """A message is not proven to be from the processor, is not recent, or is of the other mode."""


class SessionState(StrEnum):
    """The state of a payment page at the processor."""

    OPEN = "open"
    #: The parent has finished but the processor has not: a delayed method of payment.
    WAITING = "waiting"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"


class Button(StrEnum):
    """What the button on the payment page says."""

    BOOK = "book"
    PAY = "pay"


@dataclass(frozen=True)
class OrderLine:
    """One line of what is being paid for. The label names no child, school or need."""

    label: str
    pence: int


@dataclass(frozen=True)
class Order:
    """Everything we tell the processor. We work out the amounts, never a browser."""

    #: Our payment's public id, which comes back with every answer and message.
    reference: str
    #: The idempotency key: the same key and the same order give the same page.
    key: str
    lines: tuple[OrderLine, ...]
    success_url: str
    cancel_url: str
    #: Worked out once per attempt, so that a repeated call sends the same order.
    expires_at: datetime
    email: str = ""
    button: Button = Button.PAY
    #: A sentence beside the button: what happens to the money if the event is cancelled.
    note: str = ""

    @property
    def amount_pence(self) -> int:
        """Return the sum of the lines."""
        return sum(line.pence for line in self.lines)


@dataclass(frozen=True)
class Session:
    """A payment page as it is at the processor now."""

    id: str
    url: str
    state: SessionState
    amount_pence: int
    currency: str
    reference: str
    #: The same reference from the processor's notes on the payment; both must be ours.
    noted_reference: str
    #: Whether it is real money (the processor's live mode).
    live: bool
    #: The processor's id of the money itself, once there is some; refunds name it.
    money_id: str = ""
    #: None until the processor says what it keeps; never a guess.
    card_fee_pence: int | None = None
    #: Whether the last card tried was declined.
    declined: bool = False


@dataclass(frozen=True)
class RefundOrder:
    """Money to refund."""

    reference: str
    key: str
    money_id: str
    amount_pence: int


@dataclass(frozen=True)
class RefundAnswer:
    """A refund as it is at the processor now."""

    id: str
    state: RefundState
    amount_pence: int
    reference: str = ""
    #: The processor's id of the money that it refunds.
    money_id: str = ""


class News(StrEnum):
    """What a message may be about. Each adapter translates its processor's own messages."""

    #: A payment page was paid, could not be paid, or has expired.
    SESSION = "session"
    #: A payment's money: what the processor keeps may be known by now.
    MONEY = "money"
    #: A payment was refunded, perhaps at the processor itself.
    MONEY_BACK = "money_back"
    REFUND = "refund"
    DISPUTE = "dispute"
    PAYOUT = "payout"
    #: Nothing that we listen to.
    OTHER = "other"


@dataclass(frozen=True)
class ProcessorMessage:
    """A message with a valid signature. It is only a hint: the object is read again."""

    id: str
    news: News
    object_id: str
    #: The processor's id of the money that the object is about, if it names any.
    money_id: str = ""
    #: When the processor wrote it.
    at: datetime | None = field(default=None, compare=False)
    #: The processor's own word for it, for people and the log; no decision depends on it.
    words: str = field(default="", compare=False)


class Gateway(Protocol):
    """Take card payments. Raises GatewayUnavailable and GatewayRefused."""

    #: The processor's name; its messages come to `/webhooks/<name>`.
    name: str
    #: Whether this gateway moves real money.
    live: bool
    #: Where its payment pages are, if they are not on this site: such as "https://pay.example".
    origins: tuple[str, ...]

    def open_session(self, order: Order) -> Session:
        """Open a payment page; the same order again gives the same page. KeyUsedDifferently."""

    def session(self, session_id: str) -> Session:
        """Return the page as it is now."""

    def expire(self, session_id: str) -> Session:
        """Close an open page so that nobody can pay on it. Raises SessionNotOpen."""

    def refund(self, order: RefundOrder) -> RefundAnswer:
        """Refund money; the same order again gives the same refund. Raises BalanceTooLow."""

    def refund_now(self, refund_id: str) -> RefundAnswer:
        """Return a refund as it is now."""

    def refunds_of(self, money_id: str) -> list[RefundAnswer]:
        """Return every refund of a payment's money, wherever it was made; oldest first."""

    def verify_message(self, raw: bytes, headers: Mapping[str, str]) -> ProcessorMessage:
        """Return what the bytes say, if a header has their signature. Raises BadSignature.

        Header names are in lower case.
        """


@contextmanager
def somebody_waits() -> Iterator[None]:
    """Give all calls in this block one budget of time: a person waits for what comes of them.

    Without it, as in the worker, each call has only its own limit.
    """
    seconds = float(current_app.config["PROCESSOR_SECONDS"])
    token = _until.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(token)


def seconds_left() -> float | None:
    """Return how long the calls may still take, or None if nobody waits."""
    until = _until.get()
    return None if until is None else until - time.monotonic()


def current() -> Gateway:
    """Return the gateway that the setting PAYMENTS chose."""
    gateway: Gateway = current_app.extensions[EXTENSION]
    return gateway


def takes_cards() -> bool:
    """Return whether this network takes card payments at all; if not, no page mentions them."""
    return current().name != NONE
