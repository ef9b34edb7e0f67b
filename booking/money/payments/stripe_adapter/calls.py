"""One call to Stripe, which returns plain values or raises one of the port's exceptions."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import stripe

from booking.domain.payment_states import RefundState
from booking.money.payments import gateway

log = logging.getLogger(__name__)
#: How many rows one call for a list returns: Stripe's maximum.
PAGE = 100
REFUND_STATES = {
    "succeeded": RefundState.SUCCEEDED,
    "pending": RefundState.PENDING,
    "requires_action": RefundState.PENDING,
    "failed": RefundState.FAILED,
    "canceled": RefundState.CANCELLED,
}
#: What Stripe says while our account there is short of money for a refund.
TOO_LOW = frozenset({"balance_insufficient", "insufficient_funds"})
#: Which of Stripe's events we listen to, and what each is about.
NEWS = {
    **{
        f"checkout.session.{what}": gateway.News.SESSION
        for what in ("completed", "async_payment_succeeded", "async_payment_failed", "expired")
    },
    "charge.updated": gateway.News.MONEY,
    "charge.refunded": gateway.News.MONEY_BACK,
    **{f"refund.{what}": gateway.News.REFUND for what in ("created", "updated", "failed")},
    **{
        f"charge.dispute.{what}": gateway.News.DISPUTE
        for what in ("created", "updated", "closed", "funds_withdrawn", "funds_reinstated")
    },
    **{
        f"payout.{what}": gateway.News.PAYOUT
        for what in ("paid", "failed", "reconciliation_completed")
    },
}


def asked(call: Callable[[], Any]) -> dict[str, Any]:
    """Call Stripe; return plain values, or raise one of the port's exceptions."""
    with _port_exceptions():
        answer: dict[str, Any] = call().to_dict()
    return answer


def listed(call: Callable[[], Any]) -> Iterator[dict[str, Any]]:
    """Call Stripe for a list, page after page, newest first."""
    with _port_exceptions():
        for each in call().auto_paging_iter():
            yield each.to_dict()


@contextmanager
def _port_exceptions() -> Iterator[None]:
    try:
        yield
    except stripe.IdempotencyError as error:
        raise gateway.KeyUsedDifferently(_words(error)) from error
    except stripe.APIConnectionError as error:
        raise gateway.GatewaySilent(_words(error)) from error
    except stripe.RateLimitError as error:
        raise gateway.GatewayUnavailable(_words(error)) from error
    except (stripe.InvalidRequestError, stripe.CardError) as error:
        if error.code in TOO_LOW:
            raise gateway.BalanceTooLow(_words(error)) from error
        raise gateway.GatewayRefused(_words(error)) from error
    except stripe.StripeError as error:
        log.error("stripe answered %s", _words(error))
        fault = (error.http_status or 0) >= 500
        raise gateway.GatewayUnavailable(_words(error), answered=fault) from error


def _words(error: stripe.StripeError) -> str:
    """Return the kind of error only: Stripe's own text may quote what was sent."""
    return f"{type(error).__name__} {error.http_status or ''} {error.code or ''}".strip()


def moment(stamp: int) -> datetime:
    """Return Stripe's seconds as an instant."""
    return datetime.fromtimestamp(stamp, UTC)


def message(event: dict[str, Any]) -> gateway.ProcessorMessage:
    """Return what an event says: which object to look at, never its contents."""
    thing = event["data"]["object"]
    money = thing.get("payment_intent") or ""
    return gateway.ProcessorMessage(
        id=event["id"],
        news=NEWS.get(event["type"], gateway.News.OTHER),
        object_id=str(thing.get("id") or ""),
        money_id=money if isinstance(money, str) else "",
        at=moment(event["created"]),
        words=event["type"],
    )


def refund(found: dict[str, Any]) -> gateway.RefundAnswer:
    """Return a refund as the port describes it."""
    money = found.get("payment_intent") or ""
    return gateway.RefundAnswer(
        id=found["id"],
        state=REFUND_STATES[found.get("status") or "pending"],
        amount_pence=found["amount"],
        reference=(found.get("metadata") or {}).get("refund", ""),
        money_id=money if isinstance(money, str) else money["id"],
    )
