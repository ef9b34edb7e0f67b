"""Disputes: the money leaves at once, nothing is refunded meanwhile, the child's place stays."""

from datetime import datetime

from booking.domain import money
from booking.domain.payment_states import RefundState
from booking.domain.permissions import WORKER
from booking.domain.processor_states import DisputeState, RowKind
from booking.foundation import clock
from booking.foundation.db import db, retrying, transaction
from booking.money.checkout import ledger_keys
from booking.money.checkout import locks as checkout_locks
from booking.money.checkout import queries as checkout_queries
from booking.money.checkout.models import Funding
from booking.money.checkout.service import funding, posting
from booking.money.checkout.service.settling import SettlementOutcome
from booking.money.clearing.service import mail, rows
from booking.money.payments import gateway, processor_account
from booking.money.payments import queries as payment_queries
from booking.money.payments import service as payments
from booking.money.payments.models import Dispute, Instead, Refund

GIVEN_TO_CARDHOLDER = "It went back to the cardholder, who disputed the payment."
RETURNED = "The card processor returned what the dispute had taken."


def look(dispute_id: str, *, message: gateway.ProcessorMessage | None = None) -> SettlementOutcome:
    """Bring our books up to date with a dispute, however often and in any order.

    With a message, its id is kept in the same transaction. Raises what the gateway raises.
    """
    db.session.rollback()  # ends reading: the processor may take a while
    found = processor_account.current().dispute(dispute_id)

    def unit() -> SettlementOutcome:
        with transaction():
            now = clock.now()
            payment = payment_queries.by_money(found.money_id)
            if payment is None:
                return SettlementOutcome.NOT_OURS
            if message is not None and not payments.record_message(message=message, now=now):
                return SettlementOutcome.REPEATED
            record(payment.id, found, now=now)
            return SettlementOutcome.HEARD

    return retrying(unit)


def record(payment_id: int, found: processor_account.FoundDispute, *, now: datetime) -> Dispute:
    """Record a dispute and the money that it moved, inside the caller's transaction."""
    held = checkout_locks.payment(payment_id)
    row, before = payments.record_dispute(
        actor=WORKER,
        now=now,
        payment=held.payment,
        found=found,
        row=checkout_queries.dispute_by_id(found.id),
        school_id=held.school_id,
    )
    db.session.flush()
    for moved in found.rows:
        _record_row(held, found, moved, now=now)
    if before is row.state:
        return row
    _follow(held, row, before, now=now)
    if before is None:
        mail.opened(held, row, now=now)
    elif row.closed_at is not None:
        mail.closed(held, row, now=now)
    return row


def _record_row(
    held: checkout_locks.HeldPayment,
    found: processor_account.FoundDispute,
    moved: processor_account.ProcessorRow,
    *,
    now: datetime,
) -> None:
    if checkout_queries.row_by_id(moved.id) is not None:
        return
    # When the processor lists its rows under the dispute, they do not name the money again.
    row = processor_account.ProcessorRow(
        id=moved.id,
        kind=RowKind.DISPUTE,
        amount_pence=moved.amount_pence,
        fee_pence=moved.fee_pence,
        currency=moved.currency,
        at=moved.at,
        source_id=found.id,
        money_id=found.money_id,
        words=moved.words,
    )
    if row.currency == gateway.CURRENCY:
        _post(held, row, now=now)
    rows.record(row, payout=None, now=now)


def _post(
    held: checkout_locks.HeldPayment, row: processor_account.ProcessorRow, *, now: datetime
) -> None:
    if row.amount_pence > 0:
        _return(held, row, now=now)
        return
    left = [posting.left_in_ledger(each.line) for each in held.lines]
    taken = min(-row.amount_pence, sum(left))
    if not taken:
        return
    for each, share in zip(held.lines, money.split(taken, left), strict=True):
        if share:
            posting.disputed(each, row.id, amount_pence=share, now=now)


def _return(
    held: checkout_locks.HeldPayment, row: processor_account.ProcessorRow, *, now: datetime
) -> None:
    """Reverse what the dispute took; if less comes back, the account's row shows the shortfall."""
    for taken in checkout_queries.dispute_rows(source_id=row.source_id):
        if taken.amount_pence < 0:
            keys = [ledger_keys.dispute_key(taken.gateway_id, each.line) for each in held.lines]
            for entry in checkout_queries.entries_by_key(keys):
                posting.undo(entry.key, reason=RETURNED, now=now)


def _follow(
    held: checkout_locks.HeldPayment, row: Dispute, before: DisputeState | None, *, now: datetime
) -> None:
    """Make refunds and the fee's status follow a decision. The child's place stays as it is."""
    if row.state is DisputeState.LOST:
        _lose(held, row, now=now)
    elif before is DisputeState.LOST:
        _regain(held, now=now)
    else:
        return
    db.session.flush()
    for each in held.lines:
        if db.session.get(Funding, each.booking.id) is not None:
            funding.count_money(each.booking, actor=WORKER, now=now)


def _lose(held: checkout_locks.HeldPayment, row: Dispute, *, now: datetime) -> None:
    """Record as refunded what the processor gave to the cardholder; nothing of it is left."""
    for each in held.lines:
        for refund in list(each.line.refunds):
            if refund.state is RefundState.REQUESTED and refund.gateway_id is None:
                payments.withdraw_refund(
                    actor=WORKER, now=now, refund=refund, school_id=held.school_id
                )
    left = [payments.left_of_line(each.line) for each in held.lines]
    shares = money.split(min(row.amount_pence, sum(left)), left) if sum(left) else left
    for each, share in zip(held.lines, shares, strict=True):
        if share:
            refund = payments.write_refund(
                actor=WORKER,
                now=now,
                line=each.line,
                amount_pence=share,
                reason=GIVEN_TO_CARDHOLDER,
                school_id=held.school_id,
                instead=Instead.DISPUTE,
            )
            # An appeal may lose what an earlier one had won: each time is a separate refund.
            times = sum(r.instead == Instead.DISPUTE for r in each.line.refunds)
            answer = gateway.RefundAnswer(f"{row.gateway_id}#{times}", RefundState.SUCCEEDED, share)
            _record(held, refund, answer, now=now)


def _regain(held: checkout_locks.HeldPayment, *, now: datetime) -> None:
    for refund in held.payment.refunds:
        if refund.instead == Instead.DISPUTE and refund.state is RefundState.SUCCEEDED:
            answer = gateway.RefundAnswer(
                refund.gateway_id or "", RefundState.FAILED, refund.amount_pence
            )
            _record(held, refund, answer, now=now)


def _record(
    held: checkout_locks.HeldPayment, refund: Refund, answer: gateway.RefundAnswer, *, now: datetime
) -> None:
    payments.record_refund(
        actor=WORKER, now=now, refund=refund, answer=answer, school_id=held.school_id
    )
