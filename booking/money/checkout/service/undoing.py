"""Take back what a school recorded by mistake: money that never came, or was never handed back."""

from datetime import datetime
from functools import partial

from sqlalchemy import exists, select

from booking.domain import money
from booking.domain.payment_states import FundingStatus, PaymentState, RefundState
from booking.domain.permissions import Actor
from booking.foundation.db import db
from booking.foundation.web import addresses
from booking.money.checkout import ledger_keys, locks
from booking.money.checkout.models import Funding, PayInPayment
from booking.money.checkout.service import funding, mail, refunding
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.fund.models import Decision, Entry
from booking.money.fund.ports import EntrySource, UndoesSource
from booking.money.payments import gateway
from booking.money.payments import queries as payment_queries
from booking.money.payments import service as payments
from booking.money.payments.models import Instead, Method, PaymentLine, Refund

#: How a refund is known that a person recorded, and not the card processor.
BY_HAND = "by-hand:"
#: What the card processor does is undone by the card processor.
BY_PROCESSOR = {
    "card-fee": "a card payment: the card processor kept this fee",
    "processor-fee": "the card processor, which kept this fee",
    "dispute": "a disputed payment",
}


def undo_receipt(
    *, actor: Actor, now: datetime, line: PaymentLine, reason: str, decided: bool = False
) -> Entry | Decision:
    """Take back money that was recorded as received by hand and never came.

    Its entry is reversed, the fee is asked for again and the family is told; a place that was
    confirmed stays so. Above the network's limit a second person is asked first. Raises
    fund.AlreadyUndone, fund.NotUndoable, and what `fund.undo_or_ask` raises.
    """
    held = locks.line(line.id)
    _check_receipt(held.line)
    entry = fund_queries.entry_of(ledger_keys.payment_key(held.line))
    made = fund.undo_or_ask(actor=actor, now=now, entry=entry, reason=reason, decided=decided)
    if isinstance(made, Decision):
        return made
    for refund in held.line.refunds:
        if refund.state is RefundState.REQUESTED:
            payments.withdraw_refund(
                actor=actor, now=now, refund=refund, school_id=held.booking.school_id
            )
    payments.undo_receipt(
        actor=actor,
        now=now,
        payment=held.payment,
        school_id=held.booking.school_id,
        reason=reason.strip(),
    )
    db.session.flush()
    _ask_again(held, actor=actor, now=now)
    mail.receipt_undone(held, reason=reason.strip(), now=now)
    return made


def _check_receipt(line: PaymentLine) -> None:
    payment = line.payment
    if payment.method is Method.CARD:
        raise fund.NotUndoable("This was paid by card. Refund it: the money is really there.")
    if payment.undone_at is not None:
        raise fund.AlreadyUndone("This payment has already been undone.")
    if db.session.scalar(select(exists().where(PayInPayment.payment_id == payment.id))):
        raise fund.NotUndoable(
            "This money is on a paying-in slip. Undo the paying-in slip first, on the page of "
            "cash and cheques."
        )
    gone = any(row.state in payments.GONE or row.instead == Instead.GIFT for row in line.refunds)
    if gone or payment.state is not PaymentState.PAID:
        raise fund.NotUndoable(
            "Some of this money was handed back or given. If that is wrong too, undo that first."
        )


def _ask_again(held: locks.HeldLine, *, actor: Actor, now: datetime) -> None:
    row = locks.funding(held.booking.id)
    if row is None:
        return
    left = funding.held_pence(held.booking.id)
    if not left and row.status in {FundingStatus.RECEIVED, FundingStatus.PARTLY}:
        to = FundingStatus.REQUESTED
        funding.move(row, to, actor=actor, now=now, school_id=held.booking.school_id)
    elif left:
        funding.count_money(held.booking, actor=actor, now=now)


def undo_refund(
    *, actor: Actor, now: datetime, refund: Refund, reason: str, decided: bool = False
) -> Entry | Decision:
    """Take back that a refund was handed over by a person, who has not done so.

    It waits to be handed over again. Above the network's limit a second person is asked first.
    Raises fund.AlreadyUndone, fund.NotUndoable, and what `fund.undo_or_ask` raises.
    """
    held = locks.line(refund.line_id)
    row = next(each for each in held.line.refunds if each.id == refund.id)
    if not (row.gateway_id or "").startswith(BY_HAND):
        raise fund.NotUndoable("The card processor refunded this, so it cannot be undone here.")
    if row.state is not RefundState.SUCCEEDED:
        raise fund.AlreadyUndone("This has already been undone.")
    entry = fund_queries.entry_of(ledger_keys.refund_key(row))
    made = fund.undo_or_ask(actor=actor, now=now, entry=entry, reason=reason, decided=decided)
    if isinstance(made, Decision):
        return made
    answer = gateway.RefundAnswer(row.gateway_id or "", RefundState.FAILED, row.amount_pence)
    payments.record_refund(
        actor=actor, now=now, refund=row, answer=answer, school_id=held.booking.school_id
    )
    db.session.flush()
    if not row.instead:  # one that a card could not take is on the treasurer's list again
        refunding.request(
            held, actor=actor, now=now, reason=row.reason, amount_pence=row.amount_pence
        )
    if db.session.get(Funding, held.booking.id) is not None:
        funding.count_money(held.booking, actor=actor, now=now)
    mail.refund_undone(held, row, reason=reason.strip(), now=now)
    return made


def source_of(key: str, /) -> EntrySource | None:
    """Return the payment or refund that made an entry, and where it is undone."""
    kind, _, rest = key.partition(":")
    reference = rest.partition(":")[0]
    if kind in BY_PROCESSOR:
        return _fixed(BY_PROCESSOR[kind], "Only the card processor can undo it.")
    if kind == "payment" and (payment := payment_queries.by_public_id(reference)) is not None:
        line = next((each for each in payment.lines if each.key == rest), None)
        return None if line is None else _of_payment(line)
    if kind in {"refund", "gift"}:
        refund = payment_queries.refund_by_reference(reference)
        return None if refund is None else _of_refund(refund, kind)
    return None


def _of_payment(line: PaymentLine) -> EntrySource:
    pounds = money.pounds(line.amount_pence)
    if line.payment.method is Method.CARD:
        how = "The money is really there: the pupil’s school refunds it on the pupil’s page."
        return _fixed(f"a card payment of {pounds}", how)
    undo = partial(undo_receipt, line=line, decided=True)
    if line.payment.is_at_network:
        made_by = f"a bank transfer of {pounds} by a family"
        how = "To undo it, use the page of transfers."
        return EntrySource(made_by, how, addresses.FUND_TRANSFERS(), "Transfers", undo)
    how = "To undo it, the pupil’s school takes it back on the pupil’s page (Money)."
    return _fixed(f"a payment of {pounds} that a school recorded", how, undo)


def _of_refund(refund: Refund, kind: str) -> EntrySource:
    pounds = money.pounds(refund.amount_pence)
    if kind == "gift":
        how = "It was the family’s decision, and stays."
        return _fixed(f"a family that gave {pounds} to the CPD fund", how)
    if not (refund.gateway_id or "").startswith(BY_HAND):
        how = "Only the card processor can undo it."
        return _fixed(f"a refund of {pounds} to a card", how)
    undo = partial(undo_refund, refund=refund, decided=True)
    if refund.instead:
        how = "To undo it, use the page of refunds."
        made_by = f"a refund of {pounds} that was handed back another way"
        return EntrySource(made_by, how, addresses.FUND_REFUNDS(), "Refunds", undo)
    how = "To undo it, the pupil’s school takes it back on the pupil’s page (Money)."
    return _fixed(f"a refund of {pounds} that a school handed back", how, undo)


def _fixed(made_by: str, how: str, undo: UndoesSource | None = None) -> EntrySource:
    """Return a source whose own page is its school's alone, and no treasurer's."""
    return EntrySource(made_by, how, "", "", undo)
