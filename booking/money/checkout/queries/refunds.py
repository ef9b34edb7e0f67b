"""Reads of money on its way back: refunds, choices, failures, and an event's progress."""

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

#: How many rows one sweep takes.
SWEEP_MAX = 200


def refunds_to_execute(now: datetime, *, after_id: int = 0) -> list[Refund]:
    """Return the card refunds to ask the processor for, and those it is still working on.

    Leave out those whose family may still choose, and those of disputed payments.
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


def choices_of_parent(booking_id: int, parent_id: int) -> list[RefundChoice]:
    """Return what a parent may choose, or has chosen, about refunds of what that parent paid.

    Nobody knows who handed money in at school: it is offered to a pupil's only parent alone.
    """
    return list(
        db.session.scalars(
            select(RefundChoice)
            .join(RefundChoice.refund)
            .join(PaymentLine, PaymentLine.id == Refund.line_id)
            .join(Payment, Payment.id == PaymentLine.payment_id)
            .where(
                PaymentLine.booking_id == booking_id,
                (Payment.parent_id == parent_id) | Payment.parent_id.is_(None),
            )
            .options(joinedload(RefundChoice.refund).joinedload(Refund.payment))
            .order_by(RefundChoice.refund_id)
        )
    )


def refunds_known_as(gateway_id: str) -> list[Refund]:
    """Return the refunds with this id at the processor: one for each line involved."""
    return list(
        db.session.scalars(
            select(Refund).where(Refund.gateway_id == gateway_id).order_by(Refund.id)
        )
    )


def failed_refunds() -> Select[Refund]:
    """Return the statement for refunds that failed and have not been made again."""
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
    """Return how many failed refunds have to be tried again or paid another way."""
    found = failed_refunds().order_by(None).options().subquery()
    return db.session.scalar(select(func.count()).select_from(found)) or 0


def short_refunds() -> tuple[int, int]:
    """Return how many refunds wait until the processor holds enough money, and their pence."""
    waiting = (Refund.state == RefundState.REQUESTED, Refund.short_at.is_not(None))
    found = select(func.count(), func.coalesce(func.sum(Refund.amount_pence), 0)).where(*waiting)
    count, pence = db.session.execute(found).one()
    return count, int(pence)


def refunds_in_trouble() -> tuple[int, int, int]:
    """Return how many refunds failed, how many wait for money, and their pence: one query."""
    failed = select(func.count()).select_from(failed_refunds().order_by(None).options().subquery())
    waiting = (Refund.state == RefundState.REQUESTED, Refund.short_at.is_not(None))
    found = select(
        failed.scalar_subquery(),
        func.count(),
        func.coalesce(func.sum(Refund.amount_pence), 0),
    ).where(*waiting)
    failures, count, pence = db.session.execute(found).one()
    return int(failures), count, int(pence)


@dataclass(frozen=True)
class RefundProgress:
    """How far the refunds for one event have got, in counts and pence."""

    event: Event
    #: By what has happened to each refund: "waiting", "going", "back", "given", "failed".
    counts: dict[str, int]
    pence: dict[str, int]


def events_with_refunds() -> Select[Event]:
    """Return the statement for events with refunds, made or to be made; newest event first."""
    found = exists().where(PaymentLine.event_id == Event.id, Refund.line_id == PaymentLine.id)
    return select(Event).where(found).order_by(Event.first_starts_at.desc(), Event.id.desc())


def progress(events: Iterable[Event]) -> list[RefundProgress]:
    """Return the progress of each of these events, in one query."""
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
