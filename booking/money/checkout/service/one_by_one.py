"""Each thing from outside is taken in by itself: what fails is a task with its reason, and stops
no other."""

import logging
from collections.abc import Callable
from typing import TypeVar

from booking.domain.permissions import WORKER
from booking.foundation import clock
from booking.foundation.audit import service as audit
from booking.foundation.db import db, retrying, transaction
from booking.money.checkout import locks, queries
from booking.money.checkout.models import Resolution
from booking.money.checkout.service import parking
from booking.money.payments import gateway

log = logging.getLogger(__name__)
T = TypeVar("T")
AGAIN = "It is tried again by itself, and leaves this list once it is in the books."
#: Why it is not on the list any more.
TAKEN_IN = "It has been taken in since."


def take(
    act: Callable[[], T],
    *,
    key: str,
    about: str,
    amount_pence: int = 0,
    besides: tuple[type[Exception], ...] = (),
) -> T | None:
    """Do what takes one thing in; if it fails, list it for the treasurer and return None.

    `key` names the thing, `about` says it in words. The act opens its own transactions. Raises
    GatewayUnavailable, for a processor that does not answer is nobody's task, and what is `besides`
    the caller's own to deal with.
    """
    try:
        done = act()
    except Exception as error:
        if isinstance(error, (gateway.GatewayUnavailable, *besides)):
            raise
        db.session.rollback()
        log.exception("%s could not be taken in", key)
        problem = f"{about} could not be taken into the books. {why(error)} {AGAIN}"
        retrying(lambda: _list(key, problem, amount_pence))
        return None
    retrying(lambda: _taken_in(key))
    return done


def why(error: Exception) -> str:
    """Return the reason in words: our refusals say it themselves."""
    if type(error).__module__.startswith("booking.") and str(error):
        return f"Reason: {str(error).rstrip('.')}."
    return f"Reason: an error in Fairplace ({type(error).__name__}); its log says more."


def _list(key: str, problem: str, amount_pence: int) -> None:
    with transaction():
        parking.list_problem(key=key, problem=problem, amount_pence=amount_pence, now=clock.now())


def _taken_in(key: str) -> None:
    found = queries.explanation_by_key(key)
    is_open = found is not None and found.resolved_at is None
    found_id = found.id if found is not None else 0
    db.session.rollback()
    if not is_open:
        return
    with transaction():
        row = locks.explanation(found_id)
        if row.resolved_at is None:
            row.resolution, row.reason, row.resolved_at = Resolution.NOTED, TAKEN_IN, clock.now()
            audit.record(
                actor=WORKER, action="explain", subject=row, now=clock.now(), reason=TAKEN_IN
            )
