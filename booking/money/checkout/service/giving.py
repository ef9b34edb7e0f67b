"""Money from a cancelled event: it goes back automatically, and a family may give it instead.

Nothing is assumed. A family that does not answer gets the money back; one that answers is told
that nobody has to give, and that no pupil is treated differently.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.domain import charging, terms
from booking.domain.payment_states import RefundState
from booking.domain.permissions import Actor
from booking.foundation.clock import LONDON
from booking.foundation.db import db
from booking.money.checkout import locks
from booking.money.checkout.models import Choice, Funding, RefundChoice
from booking.money.checkout.service import funding, mail, posting
from booking.money.payments import service as payments
from booking.money.payments.models import Refund

#: How long a family may think about it. The money is held no longer than that.
CHOICE_DAYS = 5


class ChoiceIsOver(ValueError):
    """The choice has been made, or its time is over."""


def offer(held: locks.HeldLine, refund: Refund, *, now: datetime) -> None:
    """Hold a cancelled event's refund for the family to choose, and tell the family."""
    ends_at = _ends_at(now)
    if mail.refund_choice(held, refund, until=ends_at, until_text=_until_text(ends_at), now=now):
        db.session.add(RefundChoice(refund_id=refund.id, ends_at=ends_at))


def _ends_at(now: datetime) -> datetime:
    """Return the end of the last day, in London."""
    last = now.astimezone(LONDON).date() + timedelta(days=CHOICE_DAYS + 1)
    return datetime(last.year, last.month, last.day, tzinfo=LONDON)


def words(row: RefundChoice) -> charging.Wording:
    """Return the family's words, the same for every family."""
    until = f"after {_until_text(row.ends_at)}"
    return charging.refund_or_gift(row.refund.amount_pence, until)


def _until_text(ends_at: datetime) -> str:
    """Return the last day of the choice, in words."""
    return terms.day_text(terms.london(ends_at - timedelta(minutes=1)).date())


def is_open(choice: RefundChoice, now: datetime) -> bool:
    """Return whether the family may still choose."""
    waits = choice.refund.state is RefundState.REQUESTED
    return choice.choice is None and waits and now < choice.ends_at


def choose(
    *, actor: Actor, now: datetime, refund: Refund, choice: Choice, parent_id: int
) -> RefundChoice:
    """Record what a family chose: the money back at once, or a gift. Raises ChoiceIsOver."""
    held = locks.line(refund.line_id)
    row = locks.refund_choice(refund.id)
    if row is not None and row.choice is choice:
        return row  # the same button again
    if row is None or not is_open(row, now):
        raise ChoiceIsOver(
            "This has already been decided, or its time is over. The page shows the outcome."
        )
    row.choice, row.chosen_at, row.chosen_by_id = choice, now, parent_id
    text = words(row).text
    row.wording_hash = hashlib.sha256(text.encode()).hexdigest()
    if choice is Choice.GIFT:
        _give(held, row.refund, actor=actor, now=now)
    return row


def _give(held: locks.HeldLine, refund: Refund, *, actor: Actor, now: datetime) -> None:
    posting.gift(held, refund, now=now, actor=actor)
    payments.withdraw_refund(
        actor=actor, now=now, refund=refund, school_id=held.booking.school_id, gift=True
    )
    db.session.flush()
    if db.session.get(Funding, held.booking.id) is not None:
        funding.count_money(held.booking, actor=actor, now=now)


@dataclass(frozen=True)
class ShownRefund:
    """One refund for a cancelled event, as the family's page shows it."""

    refund: Refund
    wording: charging.Wording
    #: Whether the family may still choose.
    is_open: bool
    is_given: bool


def shown(row: RefundChoice, now: datetime) -> ShownRefund:
    """Return what the family's page shows about its money."""
    return ShownRefund(row.refund, words(row), is_open(row, now), row.choice is Choice.GIFT)
