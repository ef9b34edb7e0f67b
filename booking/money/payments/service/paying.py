"""A payment, from the rows that come first to the money that arrives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.domain import money, payment_states
from booking.domain.charging import MINIMUM_CARD_PENCE
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.money.payments import gateway
from booking.money.payments.models import Method, Payment, PaymentLine, WebhookEvent

#: A larger amount can only be a typing error.
LARGEST_PENCE = 50_000
#: States in which no money has come yet, or never will.
UNPAID = frozenset(
    {
        payment_states.PaymentState.OPENED,
        payment_states.PaymentState.LAPSED,
        payment_states.PaymentState.FAILED,
    }
)
SHORTEST = timedelta(minutes=gateway.SHORTEST_MINUTES)
LONGEST = timedelta(minutes=gateway.LONGEST_MINUTES)


class AmountTooSmall(ValueError):
    """Less than the smallest card payment."""


class AmountTooLarge(ValueError):
    """So much that it must be a typing error."""


class OtherSession(RuntimeError):
    """The payment already has another page at the processor."""


@dataclass(frozen=True)
class PaymentItem:
    """What is being paid for one booking."""

    booking_id: int
    event_id: int
    amount_pence: int


def open_payment(
    *,
    actor: Actor,
    now: datetime,
    items: Sequence[PaymentItem],
    school_id: int,
    parent_id: int | None,
    ends_at: datetime | None = None,
) -> Payment:
    """Write the payment that we ask the processor for next. AmountTooSmall, AmountTooLarge.

    `ends_at` is when the first place stops waiting for its money: the processor's page should not
    stay open longer.
    """
    assert items, "a payment is for something"
    for item in items:
        _check_amount(item.amount_pence)
    payment = Payment(
        parent_id=parent_id,
        method=Method.CARD,
        state=payment_states.PaymentState.OPENED,
        session_expires_at=_page_ends(now, ends_at),
        opened_at=now,
    )
    _write_lines(payment, items)
    audit.record(
        actor=actor,
        action="open_payment",
        subject=payment,
        school_id=school_id,
        now=now,
        amount_pence=payment.amount_pence,
        bookings=[item.booking_id for item in items],
    )
    return payment


def _write_lines(payment: Payment, items: Sequence[PaymentItem]) -> None:
    payment.amount_pence = sum(item.amount_pence for item in items)
    payment.lines = [
        PaymentLine(
            number=number,
            booking_id=item.booking_id,
            event_id=item.event_id,
            amount_pence=item.amount_pence,
            refunded_pence=0,
        )
        for number, item in enumerate(items, start=1)
    ]
    payment.refunds, payment.refunded_pence = [], 0
    db.session.add(payment)
    db.session.flush()


def items_of(payment: Payment) -> list[PaymentItem]:
    """Return what a payment is for, as it was written."""
    return [
        PaymentItem(line.booking_id, line.event_id, line.amount_pence) for line in payment.lines
    ]


def _check_amount(amount_pence: int) -> None:
    if amount_pence < MINIMUM_CARD_PENCE:
        raise AmountTooSmall(f"The smallest card payment is {MINIMUM_CARD_PENCE}p. Enter more.")
    if amount_pence > LARGEST_PENCE:
        most = money.pounds(LARGEST_PENCE)
        raise AmountTooLarge(f"Enter {most} or less. If you want to give more, ask the school.")


def _page_ends(now: datetime, ends_at: datetime | None) -> datetime:
    latest = now + LONGEST
    wanted = min(ends_at, latest) if ends_at else latest
    return max(wanted, now + SHORTEST).replace(microsecond=0)


def idempotency_key(payment: Payment) -> str:
    """Return the key that makes a repeated call harmless."""
    return f"checkout:{payment.public_id}:{payment.attempt}"


def next_attempt(*, payment: Payment, now: datetime, ends_at: datetime | None = None) -> None:
    """Use a new key: the old one would only repeat an old answer, or its page has expired."""
    payment.attempt += 1
    payment.session_expires_at = _page_ends(now, ends_at)


def record_session(*, payment: Payment, session: gateway.Session) -> None:
    """Save the processor's page for this payment. Raises OtherSession."""
    if payment.session_id not in (None, session.id):
        raise OtherSession(f"payment {payment.id} has another session")
    payment.session_id, payment.session_url = session.id, session.url


def adopt_session(*, payment: Payment, session: gateway.Session) -> bool:
    """Adopt a page whose answer was lost; return whether it is now the payment's page.

    If a payment has two pages, the one that was paid first counts.
    """
    first_paid = session.state is gateway.SessionState.PAID and payment.state in UNPAID
    if payment.session_id is None or first_paid:
        payment.session_id, payment.session_url = session.id, session.url
    return payment.session_id == session.id


def record_paid(
    *, actor: Actor, now: datetime, payment: Payment, session: gateway.Session, school_id: int
) -> None:
    """Record that the money arrived."""
    payment.state = payment_states.move(payment.state, payment_states.PaymentState.PAID)
    payment.paid_at, payment.reference = now, session.money_id
    payment.session_url = ""
    audit.record(
        actor=actor,
        action="record_payment",
        subject=payment,
        school_id=school_id,
        now=now,
        amount_pence=payment.amount_pence,
        method=payment.method.value,
    )


def record_card_fee(*, payment: Payment, pence: int | None) -> bool:
    """Record what the processor kept, once it is known; return whether that is new."""
    if pence is None or payment.card_fee_pence is not None:
        return False
    payment.card_fee_pence = pence
    return True


def record_lapsed(*, payment: Payment) -> bool:
    """Record that the page expired without being paid; return whether that is new."""
    return _end(payment, payment_states.PaymentState.LAPSED)


def record_failed(*, payment: Payment) -> bool:
    """Record that the processor could not collect the money; return whether that is new."""
    return _end(payment, payment_states.PaymentState.FAILED)


def _end(payment: Payment, to: payment_states.PaymentState) -> bool:
    # Messages come in any order: an old one does not undo what has since been paid.
    if payment.state is not payment_states.PaymentState.OPENED:
        return False
    payment.state = payment_states.move(payment.state, to)
    payment.session_url = ""
    return True


def record_mismatch(
    *,
    actor: Actor,
    now: datetime,
    payment: Payment,
    session: gateway.Session,
    problems: list[str],
    school_id: int,
) -> None:
    """Park money that disagrees with what we asked for, until a person has explained it."""
    assert problems, "a mismatch says what does not match"
    payment.state = payment_states.move(payment.state, payment_states.PaymentState.TO_EXPLAIN)
    payment.reference, payment.to_explain = session.money_id, " ".join(problems)
    payment.session_url = ""
    audit.record(
        actor=actor,
        action="park_payment",
        subject=payment,
        school_id=school_id,
        now=now,
        reason=payment.to_explain,
    )


def receive(
    *,
    actor: Actor,
    now: datetime,
    item: PaymentItem,
    school_id: int,
    method: Method,
    reference: str = "",
    parent_id: int | None = None,
) -> Payment:
    """Record money that came otherwise than by card; `parent_id` is whose it is, if known."""
    assert method is not Method.CARD, "card payments come through the processor"
    if item.amount_pence > LARGEST_PENCE:
        raise AmountTooLarge(f"Enter {money.pounds(LARGEST_PENCE)} or less.")
    payment = Payment(
        parent_id=parent_id,
        method=method,
        state=payment_states.PaymentState.PAID,
        reference=reference,
        card_fee_pence=0,
        opened_at=now,
        paid_at=now,
    )
    _write_lines(payment, [item])
    audit.record(
        actor=actor,
        action="receive_money",
        subject=payment,
        school_id=school_id,
        now=now,
        amount_pence=payment.amount_pence,
        method=method.value,
    )
    return payment


def undo_receipt(
    *, actor: Actor, now: datetime, payment: Payment, school_id: int, reason: str
) -> None:
    """Record that money taken by hand never came."""
    assert payment.method is not Method.CARD, "what a card paid is refunded"
    payment.state = payment_states.move(payment.state, payment_states.PaymentState.FAILED)
    payment.undone_at, payment.undo_reason = now, reason
    audit.record(
        actor=actor,
        action="undo_receipt",
        subject=payment,
        school_id=school_id,
        now=now,
        reason=reason,
        amount_pence=payment.amount_pence,
    )


def record_message(*, message: gateway.ProcessorMessage, now: datetime) -> bool:
    """Save a message's id together with its effect; return whether it is new.

    Two copies at the same moment meet at the primary key: one of the two transactions fails as a
    whole (IntegrityError) and may look again.
    """
    if db.session.get(WebhookEvent, message.id) is not None:
        return False
    db.session.add(
        WebhookEvent(
            id=message.id,
            type=message.words or message.news,
            object_id=message.object_id,
            received_at=now,
        )
    )
    db.session.flush()
    return True
