"""Reads of money on its way back: refunds, choices, failures, and how far an event is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from booking.days.events.models import Event
from booking.domain.payment_states import RefundState
from booking.domain.processor_states import OPEN
from booking.foundation.db import db
from booking.money.checkout.models import RefundChoice
from booking.money.payments.models import Dispute, Instead, Method, Payment, PaymentLine, Refund

#: How many rows one sweep takes in hand.
SWEEP_MAX = 200


def refunds_to_execute(now: datetime, *, after_id: int = 0) -> list[Refund]:
    """Return the card refunds that the processor is to be asked for, or is still working on.

    Not those whose family may still choose, and none of a payment that is disputed.
    """
    undecided = exists().where(
        RefundChoice.refund_id == Refund.id,
        RefundChoice.choice.is_(None),
        RefundChoice.ends_at > now,
    )
    disputed = exists().where(Dispute.payment_id == Refund.payment_id, Dispute.state.in_(OPEN))
    wanted = and_(Refund.state == RefundState.REQUESTED, ~undecided, ~disputed)
    return list(
        db.session.scalars(
            select(Refund)
            .join(Refund.payment)
            .where(
                Refund.id > after_id,
                Refund.instead == "",
                or_(wanted, Refund.state == RefundState.PENDING),
                Payment.method == Method.CARD,
            )
            .order_by(Refund.id)
            .limit(SWEEP_MAX)
        )
    )


def choices_of_booking(booking_id: int) -> list[RefundChoice]:
    """Return what a booking's family may choose, or has chosen, about money that goes back."""
    return list(
        db.session.scalars(
            select(RefundChoice)
            .join(RefundChoice.refund)
            .join(PaymentLine, PaymentLine.id == Refund.line_id)
            .where(PaymentLine.booking_id == booking_id)
            .options(joinedload(RefundChoice.refund).joinedload(Refund.payment))
            .order_by(RefundChoice.refund_id)
        )
    )


def refunds_known_as(gateway_id: str) -> list[Refund]:
    """Return the refunds that the processor knows by this id: one for each line that it touches."""
    return list(
        db.session.scalars(
            select(Refund).where(Refund.gateway_id == gateway_id).order_by(Refund.id)
        )
    )


def failed_refunds() -> Select[Refund]:
    """Return the statement for refunds that could not be paid out and were not made again."""
    again = aliased(Refund)
    replaced = exists().where(
        again.line_id == Refund.line_id,
        again.id > Refund.id,
        again.amount_pence == Refund.amount_pence,
        again.state.in_((RefundState.REQUESTED, RefundState.PENDING, RefundState.SUCCEEDED)),
    )
    stopped = and_(Refund.state == RefundState.CANCELLED, Refund.gateway_id.is_not(None))
    return (
        select(Refund)
        .join(Refund.line)
        .options(joinedload(Refund.payment), joinedload(Refund.line))
        .where(
            or_(Refund.state == RefundState.FAILED, stopped),
            Refund.instead == "",
            PaymentLine.refunded_pence < PaymentLine.amount_pence,
            ~replaced,
        )
        .order_by(Refund.id.desc())
    )


def count_failed_refunds() -> int:
    """Return how many refunds wait for another try or another way."""
    found = failed_refunds().order_by(None).options().subquery()
    return db.session.scalar(select(func.count()).select_from(found)) or 0


@dataclass(frozen=True)
class RefundProgress:
    """How far the money of one event is on its way back, in counts and pence."""

    event: Event
    #: By what became of each refund: "waiting", "going", "back", "given", "failed".
    counts: dict[str, int]
    pence: dict[str, int]


def events_with_refunds() -> Select[Event]:
    """Return the statement for events of which money went back, or is to; newest event first."""
    found = exists().where(PaymentLine.event_id == Event.id, Refund.line_id == PaymentLine.id)
    return select(Event).where(found).order_by(Event.first_starts_at.desc(), Event.id.desc())


def progress(events: Iterable[Event]) -> list[RefundProgress]:
    """Return how far each of these events is: one query for all of them."""
    by_id = {event.id: event for event in events}
    became = case(
        (Refund.instead == Instead.GIFT.value, "given"),
        (Refund.state == RefundState.REQUESTED, "waiting"),
        (Refund.state == RefundState.PENDING, "going"),
        (Refund.state == RefundState.SUCCEEDED, "back"),
        (Refund.state == RefundState.FAILED, "failed"),
        else_="called_off",
    )
    found = (
        select(PaymentLine.event_id, became, func.count(), func.sum(Refund.amount_pence))
        .join(Refund, Refund.line_id == PaymentLine.id)
        .where(PaymentLine.event_id.in_(by_id))
        .group_by(PaymentLine.event_id, became)
    )
    made = {event_id: RefundProgress(event, {}, {}) for event_id, event in by_id.items()}
    for event_id, what, count, pence in db.session.execute(found):
        made[event_id].counts[what], made[event_id].pence[what] = count, int(pence)
    return list(made.values())
