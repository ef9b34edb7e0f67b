"""Entries of the ledger for what checkout takes and gives back, by the published breakdown."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from booking.checkout.service import locks
from booking.db import db
from booking.domain import ledger, money
from booking.domain.charging import FeeKind, FeePart
from booking.domain.ledger import accounts
from booking.domain.permissions import WORKER, Actor
from booking.events.models import Event
from booking.fund import service as fund
from booking.fund.models import Entry
from booking.payments import gateway
from booking.payments import service as paying
from booking.payments.models import Method, PaymentLine, Refund

#: Where money of each kind is until somebody moves it on.
ACCOUNTS = {
    Method.CARD: accounts.CARD_CLEARING,
    Method.CASH: accounts.CASH,
    Method.CHEQUE: accounts.CASH,
    Method.BANK_TRANSFER: accounts.BANK,
}


def payment_key(line: PaymentLine) -> str:
    """Return the ledger's key of what was paid for one booking."""
    return f"payment:{line.key}"


def refund_key(refund: Refund) -> str:
    """Return the ledger's key of a refund."""
    return f"refund:{refund.public_id}"


def parts(event: Event) -> list[FeePart]:
    """Return the published breakdown of an event's fee."""
    return [FeePart(part.label, part.pence, part.fund) for part in event.fee_parts]


def payment(held: locks.Held, *, now: datetime, actor: Actor = WORKER) -> None:
    """Post what came in for one booking, gross, by its event's breakdown."""
    event, line = held.event, held.line
    # Money that arrives where nothing is asked any more is a gift until it has gone back.
    kind = event.fee_kind if event.fee_kind is not FeeKind.FREE else FeeKind.VOLUNTARY_CONTRIBUTION
    draft = ledger.payment(
        key=payment_key(line),
        amount_pence=line.amount_pence,
        parts=parts(event),
        fee_kind=kind,
        account=ACCOUNTS[line.payment.method],
        event=event.slug,
        school=held.booking.school.slug,
    )
    fund.post(actor=actor, now=now, draft=draft, event_id=event.id)


def card_fee(held: locks.HeldPayment, seen: gateway.Session, *, now: datetime) -> None:
    """Post what the card processor kept, once it is known: each line bears its share."""
    if not paying.record_card_fee(payment=held.payment, pence=seen.card_fee_pence):
        return
    shares = money.split(seen.card_fee_pence or 0, [each.line.amount_pence for each in held.lines])
    for each, pence in zip(held.lines, shares, strict=True):
        if pence:
            draft = ledger.card_fee(
                key=f"card-fee:{each.line.key}", pence=pence, event=each.event.slug
            )
            fund.post(actor=WORKER, now=now, draft=draft, event_id=each.event.id)


def refund(held: locks.Held, row: Refund, *, now: datetime, actor: Actor = WORKER) -> None:
    """Post money that went back, out of the funds that it had come to."""
    draft = ledger.refund(
        key=refund_key(row),
        amount_pence=row.amount_pence,
        posted=_posted(held.line),
        account=ACCOUNTS[held.payment.method],
        event=held.event.slug,
        school=held.booking.school.slug,
    )
    fund.post(actor=actor, now=now, draft=draft, event_id=held.event.id)


def failed_refund(row: Refund, *, now: datetime) -> None:
    """Undo the entry of a refund that the bank sent back."""
    entry = db.session.scalars(select(Entry).where(Entry.key == refund_key(row))).one()
    fund.reverse(
        actor=WORKER, now=now, entry=entry, reason="The bank could not pay the refund out."
    )


def _posted(line: PaymentLine) -> list[ledger.Line]:
    """Return every line that the ledger holds of what was paid for a booking, and its refunds."""
    refunds = [refund_key(row) for row in line.refunds]
    keys = [payment_key(line), *refunds, *(f"reversal:{key}" for key in refunds)]
    entries = db.session.scalars(
        select(Entry).where(Entry.key.in_(keys)).options(selectinload(Entry.lines))
    )
    return [
        ledger.Line(posted.account, posted.fund, posted.pence, posted.memo)
        for entry in entries
        for posted in entry.lines
    ]
