"""The network's account at the demo card processor, behind the port `processor_account.py`."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from booking.domain.processor_states import RowKind
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.payments import gateway
from booking.money.payments.demo_processor import books as demo_books
from booking.money.payments.demo_processor.models import (
    DemoDispute,
    DemoMovement,
    DemoPayout,
    DemoSession,
)
from booking.money.payments.processor_account import FoundDispute, FoundPayout, ProcessorRow

#: What each movement is news about; a payout's own row says that it was paid.
NEWS = {
    RowKind.CHARGE: gateway.News.SESSION,
    RowKind.REFUND: gateway.News.REFUND,
    RowKind.REFUND_FAILURE: gateway.News.REFUND,
    RowKind.DISPUTE: gateway.News.DISPUTE,
    RowKind.PAYOUT: gateway.News.PAYOUT,
    RowKind.PAYOUT_FAILURE: gateway.News.PAYOUT,
}
WORDS = {
    RowKind.CHARGE: "payment",
    RowKind.REFUND: "refund",
    RowKind.REFUND_FAILURE: "refund that came back",
    RowKind.DISPUTE: "dispute",
    RowKind.PAYOUT: "payout",
    RowKind.PAYOUT_FAILURE: "payout that came back",
}


class DemoAccount:
    """The reading port's pretend adapter."""

    def dispute(self, dispute_id: str) -> FoundDispute:
        """Return a dispute as it is now."""
        found = db.session.get(DemoDispute, dispute_id)
        if found is None:
            raise gateway.GatewayRefused("no such dispute")
        rows = db.session.scalars(
            select(DemoMovement)
            .where(DemoMovement.source_id == dispute_id)
            .order_by(DemoMovement.made_at, DemoMovement.id)
        )
        return FoundDispute(
            id=found.id,
            money_id=f"money_{found.session_id}",
            amount_pence=found.amount_pence,
            currency=gateway.CURRENCY,
            reason="product not received",
            state=found.state,
            opened_at=found.opened_at,
            evidence_due_at=found.due_at,
            rows=tuple(map(_row, rows)),
        )

    def payouts_since(self, at: datetime) -> list[FoundPayout]:
        """Return the payouts made since then, oldest first, after making the weekly one."""
        try:
            with transaction():
                demo_books.pay_out_last_week(clock.now())
        except IntegrityError:
            db.session.rollback()  # somebody else's call made it at the same moment
        made = select(DemoPayout).where(DemoPayout.created_at >= at)
        return [_payout(row) for row in db.session.scalars(made.order_by(DemoPayout.created_at))]

    def payout(self, payout_id: str) -> FoundPayout:
        """Return a payout as it is now."""
        found = db.session.get(DemoPayout, payout_id)
        if found is None:
            raise gateway.GatewayRefused("no such payout")
        return _payout(found)

    def rows_of(self, payout_id: str) -> Iterator[ProcessorRow]:
        """Return the rows in a payout."""
        found = db.session.execute(
            select(DemoMovement, DemoSession.reference)
            .outerjoin(DemoSession, DemoSession.id == DemoMovement.session_id)
            .where(DemoMovement.payout_id == payout_id)
            .order_by(DemoMovement.made_at, DemoMovement.id)
        ).all()
        for movement, reference in found:
            yield _row(movement, reference or "")

    def balance_pence(self) -> int:
        """Return the account's balance."""
        return demo_books.balance_pence(clock.now())

    def messages_since(self, at: datetime) -> list[gateway.ProcessorMessage]:
        """Return what the processor would have told us since then, oldest first."""
        now = clock.now()
        found = [_message(row) for row in demo_books.movements_since(at, now)]
        for dispute in demo_books.disputes_touched_since(at):
            found += [each for each in _messages(dispute) if each.at and at <= each.at <= now]
        return sorted(found, key=lambda message: (message.at or now, message.id))


def _message(row: DemoMovement) -> gateway.ProcessorMessage:
    about = row.session_id if row.kind is RowKind.CHARGE else row.source_id
    return gateway.ProcessorMessage(
        id=f"evt_{row.id}",
        news=NEWS[row.kind],
        object_id=about,
        money_id=f"money_{row.session_id}" if row.session_id else "",
        at=row.made_at,
        words=WORDS[row.kind],
    )


def _messages(dispute: DemoDispute) -> list[gateway.ProcessorMessage]:
    instants = {"opened": dispute.opened_at, "closed": dispute.closed_at}
    return [
        gateway.ProcessorMessage(
            id=f"evt_{what}_{dispute.id}",
            news=gateway.News.DISPUTE,
            object_id=dispute.id,
            money_id=f"money_{dispute.session_id}",
            at=at,
            words=f"dispute {what}",
        )
        for what, at in instants.items()
        if at is not None
    ]


def _payout(row: DemoPayout) -> FoundPayout:
    return FoundPayout(
        id=row.id,
        amount_pence=row.amount_pence,
        currency=gateway.CURRENCY,
        state=row.state,
        arrives_on=row.arrives_on,
        created_at=row.created_at,
        automatic=True,
        complete=True,
    )


def _row(row: DemoMovement, reference: str = "") -> ProcessorRow:
    return ProcessorRow(
        id=row.id,
        kind=row.kind,
        amount_pence=row.amount_pence,
        fee_pence=row.fee_pence,
        currency=gateway.CURRENCY,
        at=row.made_at,
        source_id=row.source_id,
        money_id=f"money_{row.session_id}" if row.session_id else "",
        reference=reference,
        words=WORDS[row.kind],
    )
