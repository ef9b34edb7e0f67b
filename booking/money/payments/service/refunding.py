"""Refunds: first requested here, then at the processor, which answers in its own time."""

from datetime import datetime

from booking.domain import money, payment_states, processor_states
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.money.payments import gateway
from booking.money.payments.models import Instead, Payment, PaymentLine, Refund

#: The processor has accepted it: the money is no longer ours.
GONE = frozenset({payment_states.RefundState.PENDING, payment_states.RefundState.SUCCEEDED})
#: Requested or gone: it cannot be requested again.
SPOKEN_FOR = GONE | {payment_states.RefundState.REQUESTED}


class NothingToRefund(ValueError):
    """We hold no money from this payment."""


class MoreThanLeft(ValueError):
    """A refund would be more than what is left of the payment."""


class Disputed(ValueError):
    """The payment is disputed, and nothing may be refunded until that is decided."""


class NotWaiting(ValueError):
    """The refund has gone out, or has failed."""


class NotFailed(ValueError):
    """The refund has not failed, and only a failed one is tried again."""


def left_of_line(line: PaymentLine) -> int:
    """Return how much of one line can still be refunded."""
    if line.payment.state not in payment_states.HELD:
        return 0
    return line.amount_pence - sum(r.amount_pence for r in line.refunds if _is_spoken_for(r))


def kept_of_line(line: PaymentLine) -> int:
    """Return how much of one line is kept, which includes gifts but not refunds."""
    if line.payment.state not in payment_states.HELD:
        return 0
    return line.amount_pence - sum(r.amount_pence for r in line.refunds if r.state in SPOKEN_FOR)


def _is_spoken_for(refund: Refund) -> bool:
    return refund.state in SPOKEN_FOR or refund.instead == Instead.GIFT


def left_pence(payment: Payment) -> int:
    """Return how much of a payment can still be refunded, all lines together."""
    return sum(left_of_line(line) for line in payment.lines)


def is_disputed(payment: Payment) -> bool:
    """Return whether a dispute about this payment is still open."""
    return any(dispute.state in processor_states.OPEN for dispute in payment.disputes)


def refuse_disputed(payment: Payment) -> None:
    """Raise Disputed while a dispute is undecided."""
    if is_disputed(payment):
        raise Disputed(
            "This payment is disputed. Wait until the cardholder’s bank has decided: nothing can "
            "go back meanwhile, or the family would be paid twice."
        )


def request_refund(
    *,
    actor: Actor,
    now: datetime,
    line: PaymentLine,
    reason: str,
    school_id: int,
    amount_pence: int | None = None,
) -> Refund:
    """Request a refund of a line's money, by default all that is left.

    The worker asks the processor; the other lines of the payment stay as they are. The caller
    holds the payment's lock. Raises NothingToRefund, MoreThanLeft.
    """
    left = left_of_line(line)
    if not left:
        raise NothingToRefund("There is nothing left of this payment to refund.")
    wanted = left if amount_pence is None else amount_pence
    if not 0 < wanted <= left:
        raise MoreThanLeft(f"Enter an amount up to {money.pounds(left)}.")
    return write_refund(
        actor=actor, now=now, line=line, amount_pence=wanted, reason=reason, school_id=school_id
    )


def write_refund(
    *,
    actor: Actor,
    now: datetime,
    line: PaymentLine,
    amount_pence: int,
    reason: str,
    school_id: int,
    instead: Instead | None = None,
) -> Refund:
    """Write a refund of a line, requested by us or found at the processor; check no rules."""
    refund = Refund(
        payment=line.payment,
        line=line,
        amount_pence=amount_pence,
        reason=reason,
        state=payment_states.RefundState.REQUESTED,
        requested_by_id=actor.person_id,
        requested_at=now,
        instead=instead.value if instead else "",
    )
    db.session.add(refund)
    audit.record(
        actor=actor,
        action="request_refund",
        subject=refund,
        school_id=school_id,
        now=now,
        amount_pence=amount_pence,
        payment=line.payment_id,
    )
    return refund


def record_refund(
    *, actor: Actor, now: datetime, refund: Refund, answer: gateway.RefundAnswer, school_id: int
) -> int:
    """Record the processor's answer, however often; return the pence that went out.

    Below zero if they came back because a refund failed.
    """
    if refund.gateway_id is None:
        refund.gateway_id = answer.id
    if (
        answer.state is refund.state
        or answer.state not in payment_states.REFUND_MOVES[refund.state]
    ):
        return 0
    was_gone = refund.state in GONE
    refund.state = payment_states.move_refund(refund.state, answer.state)
    refund.settled_at = now
    audit.record(
        actor=actor,
        action="record_refund",
        subject=refund,
        school_id=school_id,
        now=now,
        state=refund.state.value,
    )
    is_gone = refund.state in GONE
    if was_gone == is_gone:
        return 0
    moved = refund.amount_pence if is_gone else -refund.amount_pence
    _count(refund.line, moved)
    return moved


def cancel_refund(*, actor: Actor, now: datetime, refund: Refund, school_id: int) -> None:
    """Cancel a request that was refused for good; a person decides what happens instead."""
    refund.state = payment_states.move_refund(refund.state, payment_states.RefundState.FAILED)
    refund.settled_at = now
    audit.record(actor=actor, action="fail_refund", subject=refund, school_id=school_id, now=now)


def withdraw_refund(
    *, actor: Actor, now: datetime, refund: Refund, school_id: int, gift: bool = False
) -> None:
    """Cancel a request that has not gone to the processor: the money stays, or is a gift.

    Raises NotWaiting.
    """
    if refund.state is not payment_states.RefundState.REQUESTED or refund.gateway_id is not None:
        raise NotWaiting("This money has already been refunded, so nothing more can be done.")
    refund.state = payment_states.move_refund(refund.state, payment_states.RefundState.CANCELLED)
    refund.instead, refund.settled_at = Instead.GIFT.value if gift else "", now
    audit.record(
        actor=actor,
        action="give_instead" if gift else "withdraw_refund",
        subject=refund,
        school_id=school_id,
        now=now,
        amount_pence=refund.amount_pence,
    )


def went_wrong(refund: Refund) -> bool:
    """Return whether a refund failed, so that a person has to do something."""
    failed = refund.state is payment_states.RefundState.FAILED
    stopped = refund.state is payment_states.RefundState.CANCELLED and refund.gateway_id is not None
    return (failed or stopped) and not refund.instead


def _count(line: PaymentLine, moved: int) -> None:
    payment = line.payment
    line.refunded_pence += moved
    payment.refunded_pence += moved
    to = payment_states.after_refunds(payment.amount_pence, payment.refunded_pence)
    if to is not payment.state:
        payment.state = payment_states.move(payment.state, to)
