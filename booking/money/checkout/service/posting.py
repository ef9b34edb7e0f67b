"""Ledger entries for what checkout takes and refunds, by the published breakdown."""

from datetime import date, datetime

from booking.days.events import details as event_details
from booking.days.events.models import Event
from booking.domain import ledger, money
from booking.domain.charging import FeeKind
from booking.domain.ledger import accounts
from booking.domain.permissions import WORKER, Actor
from booking.money.checkout import ledger_keys, locks, queries
from booking.money.fund import service as fund
from booking.money.payments import service as payments
from booking.money.payments.models import Instead, Method, PaymentLine, Refund

#: Where money paid in each way is until somebody moves it on.
ACCOUNTS = {
    Method.CARD: accounts.CARD_CLEARING,
    Method.CASH: accounts.CASH,
    Method.CHEQUE: accounts.CASH,
    Method.BANK_TRANSFER: accounts.BANK,
}


#: Where money comes from that is handed back in another way than it was paid.
INSTEAD = {
    Instead.CASH: accounts.CASH,
    Instead.CHEQUE: accounts.BANK,
    Instead.BANK_TRANSFER: accounts.BANK,
}


def payment(
    held: locks.HeldLine,
    *,
    now: datetime,
    actor: Actor = WORKER,
    happened_on: date | None = None,
) -> None:
    """Post the gross amount that came in for one booking, by its event's breakdown."""
    draft = ledger.payment(
        key=ledger_keys.payment_key(held.line),
        amount_pence=held.line.amount_pence,
        parts=event_details.fee_parts(held.event),
        fee_kind=_kind(held.event),
        account=ACCOUNTS[held.payment.method],
        event=held.event.slug,
        school=held.booking.school.slug,
    )
    fund.post(actor=actor, now=now, draft=draft, event_id=held.event.id, happened_on=happened_on)


def attached(held: locks.HeldLine, *, account: str, now: datetime, actor: Actor) -> None:
    """Post parked money as received for one booking; `account` is where it is now."""
    draft = ledger.attached(
        key=ledger_keys.payment_key(held.line),
        amount_pence=held.line.amount_pence,
        parts=event_details.fee_parts(held.event),
        fee_kind=_kind(held.event),
        account=account,
        event=held.event.slug,
        school=held.booking.school.slug,
    )
    fund.post(actor=actor, now=now, draft=draft, event_id=held.event.id)


def _kind(event: Event) -> FeeKind:
    # Money that arrives when nothing is asked any more counts as a gift until it has gone back.
    free = event.fee_kind is FeeKind.FREE
    return FeeKind.VOLUNTARY_CONTRIBUTION if free else event.fee_kind


def card_fee(held: locks.HeldPayment, pence: int | None, *, now: datetime) -> None:
    """Post what the card processor kept, once it is known; each line bears its share."""
    if not payments.record_card_fee(payment=held.payment, pence=pence):
        return
    shares = money.split(pence or 0, [each.line.amount_pence for each in held.lines])
    for each, share in zip(held.lines, shares, strict=True):
        if share:
            draft = ledger.card_fee(
                key=ledger_keys.card_fee_key(each.line), pence=share, event=each.event.slug
            )
            fund.post(actor=WORKER, now=now, draft=draft, event_id=each.event.id)


def refund(held: locks.HeldLine, row: Refund, *, now: datetime, actor: Actor = WORKER) -> None:
    """Post money that went back, out of the funds that it had gone into."""
    draft = ledger.refund(
        key=ledger_keys.refund_key(row),
        amount_pence=row.amount_pence,
        posted=_posted(held.line),
        account=_account_of(row),
        event=held.event.slug,
        school=held.booking.school.slug,
    )
    fund.post(actor=actor, now=now, draft=draft, event_id=held.event.id)


def _account_of(row: Refund) -> str:
    return INSTEAD[Instead(row.instead)] if row.instead else ACCOUNTS[row.payment.method]


def gift(held: locks.HeldLine, row: Refund, *, now: datetime, actor: Actor) -> None:
    """Post what a family gave to the CPD fund instead of having it refunded."""
    draft = ledger.given_instead(
        key=ledger_keys.gift_key(row),
        amount_pence=row.amount_pence,
        posted=_posted(held.line),
        account=whereabouts(held.line),
        event=held.event.slug,
        school=held.booking.school.slug,
    )
    fund.post(actor=actor, now=now, draft=draft, event_id=held.event.id)


def whereabouts(line: PaymentLine) -> str:
    """Return the account that a line's money is in now: the bank account, after a payout."""
    account = ACCOUNTS[line.payment.method]
    if account == accounts.CARD_CLEARING and queries.was_paid_out(ledger_keys.payment_key(line)):
        return accounts.BANK
    return account


def disputed(held: locks.HeldLine, row_id: str, *, amount_pence: int, now: datetime) -> None:
    """Post what a dispute took from one line."""
    draft = ledger.refund(
        key=ledger_keys.dispute_key(row_id, held.line),
        amount_pence=amount_pence,
        posted=_posted(held.line),
        event=held.event.slug,
        school=held.booking.school.slug,
        kind=ledger.EntryKind.DISPUTE,
    )
    fund.post(actor=WORKER, now=now, draft=draft, event_id=held.event.id)


def left_in_ledger(line: PaymentLine) -> int:
    """Return what the ledger still has from a line, in pence: not refunded, given or disputed."""
    return sum(ledger.income_left(_posted(line)).values())


def undo(key: str, *, reason: str, now: datetime) -> None:
    """Reverse an entry, once: the processor has undone what it did."""
    for entry in queries.entries_by_key([key]):
        if entry.reversed_by is None:
            fund.undo(actor=WORKER, now=now, entry=entry, reason=reason)


def failed_refund(row: Refund, *, now: datetime) -> None:
    """Reverse the entry of a refund that the processor sent back."""
    undo(
        ledger_keys.refund_key(row),
        reason="The card processor could not pay the refund.",
        now=now,
    )


def _posted(line: PaymentLine) -> list[ledger.DraftLine]:
    """Return all the ledger holds about what was paid for a booking and what followed."""
    after = [
        key
        for row in line.refunds
        for key in (ledger_keys.refund_key(row), ledger_keys.gift_key(row))
    ]
    if line.payment.method is Method.CARD and line.payment.reference:
        rows = queries.dispute_rows(money_id=line.payment.reference)
        after += [ledger_keys.dispute_key(row.gateway_id, line) for row in rows]
    wanted = [ledger_keys.payment_key(line), *after, *(f"reversal:{key}" for key in after)]
    return [
        ledger.DraftLine(posted.account, posted.fund, posted.pence, posted.memo)
        for entry in queries.entries_by_key(wanted)
        for posted in entry.lines
    ]
