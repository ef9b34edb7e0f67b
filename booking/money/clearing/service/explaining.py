"""What did not agree with our books, explained by the treasurer: attached, refunded or noted.

Each explanation has a reason, is audited, and empties the account where the money was kept.
"""

from datetime import datetime

from booking.domain import ledger, payment_states
from booking.domain.ledger import accounts
from booking.domain.permissions import Actor
from booking.domain.reasons import ReasonMissing
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.money.checkout import locks as checkout_locks
from booking.money.checkout import queries as checkout_queries
from booking.money.checkout.models import Explanation, Resolution, RowEntry
from booking.money.checkout.service import posting, refunding, settling
from booking.money.clearing.service import apart, elsewhere, rows
from booking.money.fund import service as fund
from booking.money.payments import queries as payment_queries
from booking.money.payments import service as payments
from booking.money.payments.models import Payment


class ExplainedAlready(ValueError):
    """Somebody has already explained it."""


class NoSuchPayment(ValueError):
    """No payment has this reference."""


class NotOurMoney(ValueError):
    """The ledger does not have this money, so it can only be noted."""


def attach(
    *, actor: Actor, now: datetime, found: Explanation, reason: str, reference: str = ""
) -> None:
    """Count the money as a payment for the bookings that it was meant for.

    If the money names no payment, `reference` does. Raises this module's refusals, and payments'
    AlreadyArrived, AmountTooSmall and AmountTooLarge.
    """
    row = _open(found, reason)
    went_back = apart.hold(row.payment) if row.payment is not None else []
    held = _accept(row, actor=actor, now=now, reason=reason, reference=reference)
    _take_refunds(held.payment, went_back, Resolution.ATTACHED, actor=actor, now=now, reason=reason)
    settling.count(held, now=now)
    _resolve(row, Resolution.ATTACHED, actor=actor, now=now, reason=reason)


def give_back(*, actor: Actor, now: datetime, found: Explanation, reason: str) -> None:
    """Send a parked payment's money back to the card that it came from."""
    row = _open(found, reason)
    if row.payment is None:
        raise NotOurMoney("Refund it on the card processor's own pages, then note it here.")
    went_back = apart.hold(row.payment)
    held = _accept(row, actor=actor, now=now, reason=reason, reference="")
    _take_refunds(held.payment, went_back, Resolution.REFUNDED, actor=actor, now=now, reason=reason)
    for each in held.lines:
        if payments.left_of_line(each.line):
            refunding.request(each, actor=actor, now=now, reason=reason)
    _resolve(row, Resolution.REFUNDED, actor=actor, now=now, reason=reason)


def note(*, actor: Actor, now: datetime, found: Explanation, reason: str) -> None:
    """Say what it is. Money that the ledger keeps apart goes to administration."""
    row = _open(found, reason)
    waits = row.payment is not None and (
        row.payment.state is payment_states.PaymentState.TO_EXPLAIN
    )
    if waits and apart.is_refund(row):
        raise NotOurMoney("Explain the payment that it is a refund of: this goes with it.")
    went_back = apart.hold(row.payment) if waits and row.payment is not None else []
    for each in (row, *went_back):
        _note(each, actor=actor, now=now, reason=reason)
    if waits and row.payment is not None:
        payment = checkout_locks.payment(row.payment.id).payment
        _refuse_news(payment, known=[])
        payments.close_parked(payment)


def _note(row: Explanation, *, actor: Actor, now: datetime, reason: str) -> None:
    if row.parked_key:
        draft = ledger.noted(
            key=fund.key_after(f"noted:{row.public_id}"), pence=row.amount_pence, reason=reason
        )
        fund.post(actor=actor, now=now, draft=draft)
    _resolve(row, Resolution.NOTED, actor=actor, now=now, reason=reason)


def _take_refunds(
    payment: Payment,
    went_back: list[Explanation],
    resolution: Resolution,
    *,
    actor: Actor,
    now: datetime,
    reason: str,
) -> None:
    """Let what went back at the processor meanwhile be refunds of the payment that this now is."""
    _refuse_news(payment, known=went_back)
    for refund in went_back:
        tied = checkout_queries.row_of_entry(refund.parked_key)
        posting.undo(refund.parked_key, reason=reason, now=now)
        answer = apart.answer_of(refund)
        elsewhere.record(payment.id, answer, now=now)
        if tied is not None:
            keys = rows.refund_keys(answer.id)
            entries = checkout_queries.free_entries(keys)
            db.session.add_all(RowEntry(entry_id=entry.id, row_id=tied.id) for entry in entries)
        _resolve(refund, resolution, actor=actor, now=now, reason=reason)


def _refuse_news(payment: Payment, *, known: list[Explanation]) -> None:
    """Raise NotOurMoney if some of the money went back before we held the payment."""
    db.session.flush()
    if apart.waiting_ids(payment) != [row.id for row in known]:
        raise NotOurMoney("Some of this money went back just now. Look at it again.")


def _open(found: Explanation, reason: str) -> Explanation:
    row = checkout_locks.explanation(found.id)
    if row.resolved_at is not None:
        raise ExplainedAlready("Somebody has already explained this. See below what it was.")
    if not reason.strip():
        raise ReasonMissing("Give a reason that somebody will still understand years later.")
    return row


def _resolve(
    row: Explanation, resolution: Resolution, *, actor: Actor, now: datetime, reason: str
) -> None:
    row.resolution, row.reason = resolution, reason.strip()
    row.resolved_at, row.resolved_by_id = now, actor.person_id
    audit.record(
        actor=actor,
        action="explain",
        subject=row,
        now=now,
        reason=row.reason,
        resolution=resolution.value,
        amount_pence=row.amount_pence,
    )


def _accept(
    row: Explanation, *, actor: Actor, now: datetime, reason: str, reference: str
) -> checkout_locks.HeldPayment:
    """Turn parked money into a payment, and post it to where it is now."""
    if not row.parked_key or row.amount_pence <= 0:
        raise NotOurMoney("This is not money that came in, so it can only be noted.")
    payment = row.payment or payment_queries.by_public_id(reference.strip())
    if payment is None:
        raise NoSuchPayment("No payment has this reference. It is in the family's e-mail.")
    account = (
        accounts.BANK if checkout_queries.was_paid_out(row.parked_key) else accounts.CARD_CLEARING
    )
    held = checkout_locks.payment(payment.id)
    payments.accept(
        actor=actor,
        now=now,
        payment=held.payment,
        amount_pence=row.amount_pence,
        money_id=_money_id(row, held.payment),
        school_id=held.school_id,
        reason=reason,
    )
    if row.row is not None:  # its fee was posted with the row
        held.payment.card_fee_pence = row.row.fee_pence
    db.session.flush()
    for each in held.lines:
        posting.attached(each, account=account, now=now, actor=actor)
    _tie(row, held.payment)
    return held


def _money_id(row: Explanation, payment: Payment) -> str:
    return row.row.money_id if row.row is not None else payment.reference


def _tie(row: Explanation, payment: Payment) -> None:
    """Tie the processor's row to the new entries too: they move it between funds."""
    parked = checkout_queries.row_of_entry(row.parked_key)
    if parked is not None:
        entries = checkout_queries.free_entries(rows.charge_keys(payment))
        db.session.add_all(RowEntry(entry_id=entry.id, row_id=parked.id) for entry in entries)
