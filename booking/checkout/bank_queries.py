"""Reads of refunds, disputes, payouts and what is to be explained: the bank beside the ledger."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from booking.checkout.models import Explanation, RefundChoice, RowEntry
from booking.db import db
from booking.domain.bank_states import OPEN, PayoutState, RowKind
from booking.domain.ledger import Fund, accounts
from booking.domain.payment_states import RefundState
from booking.events.models import Event
from booking.fund.models import Entry, Line
from booking.payments.models import (
    BalanceRow,
    BankWatch,
    Dispute,
    Instead,
    Method,
    Payment,
    PaymentLine,
    Payout,
    Refund,
)

SWEEP_MAX = 200


def refunds_to_execute(now: datetime, *, after_id: int = 0) -> list[Refund]:
    """Return the card refunds that the bank is to be asked for, or is still working on.

    Not those whose family may still choose, and none of a payment that is disputed.
    """
    undecided = exists().where(
        RefundChoice.refund_id == Refund.id,
        RefundChoice.choice.is_(None),
        RefundChoice.ends_at > now,
    )
    disputed = exists().where(
        Dispute.payment_id == Refund.payment_id, Dispute.state.in_(OPEN)
    )  # fmt: skip
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


def choice_of(refund_id: int) -> RefundChoice | None:
    """Return whether a family may give this money instead."""
    return db.session.get(RefundChoice, refund_id)


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


def refunds_at_bank(gateway_id: str) -> list[Refund]:
    """Return the refunds that the bank knows by this id: one for each line that it touches."""
    return list(
        db.session.scalars(
            select(Refund).where(Refund.gateway_id == gateway_id).order_by(Refund.id)
        )
    )


def dispute_by_id(gateway_id: str) -> Dispute | None:
    """Return the dispute that the bank knows by this id."""
    return db.session.scalar(select(Dispute).where(Dispute.gateway_id == gateway_id))


def disputes() -> Select[Dispute]:
    """Return the statement for all disputes: the open ones first, by when evidence is due."""
    is_open = case((Dispute.state.in_(OPEN), 0), else_=1)
    return (
        select(Dispute)
        .options(joinedload(Dispute.payment))
        .order_by(is_open, Dispute.evidence_due_at, Dispute.id.desc())
    )


def open_disputes() -> list[Dispute]:
    """Return the disputes that the bank has not decided, the most urgent first."""
    found = select(Dispute).where(Dispute.state.in_(OPEN)).order_by(Dispute.evidence_due_at)
    return list(db.session.scalars(found.limit(SWEEP_MAX)))


def open_disputes_of(booking_id: int) -> list[Dispute]:
    """Return the open disputes about payments for this booking, the most urgent first."""
    of_booking = select(PaymentLine.payment_id).where(PaymentLine.booking_id == booking_id)
    return list(
        db.session.scalars(
            select(Dispute)
            .where(Dispute.payment_id.in_(of_booking), Dispute.state.in_(OPEN))
            .order_by(Dispute.evidence_due_at)
        )
    )


def disputed_bookings(event_id: int) -> set[int]:
    """Return the bookings of an event of which a payment is disputed."""
    found = (
        select(PaymentLine.booking_id)
        .join(Dispute, Dispute.payment_id == PaymentLine.payment_id)
        .where(PaymentLine.event_id == event_id, Dispute.state.in_(OPEN))
    )
    return set(db.session.scalars(found))


def payout_by_id(gateway_id: str) -> Payout | None:
    """Return the payout that the bank knows by this id."""
    return db.session.scalar(select(Payout).where(Payout.gateway_id == gateway_id))


def payouts() -> Select[Payout]:
    """Return the statement for all payouts, newest first."""
    return select(Payout).order_by(Payout.created_at.desc(), Payout.id.desc())


def unfinished_payouts() -> list[str]:
    """Return the bank's ids of payouts that are not in the ledger yet."""
    found = select(Payout.gateway_id).where(Payout.posted_at.is_(None)).order_by(Payout.created_at)
    return list(db.session.scalars(found.limit(SWEEP_MAX)))


def row_by_id(gateway_id: str) -> BalanceRow | None:
    """Return the row that the bank knows by this id."""
    return db.session.scalar(select(BalanceRow).where(BalanceRow.gateway_id == gateway_id))


def rows_known(gateway_ids: Collection[str], payout_id: int) -> set[str]:
    """Return which of these rows are written down as rows of the payout."""
    found = select(BalanceRow.gateway_id).where(
        BalanceRow.gateway_id.in_(gateway_ids), BalanceRow.payout_id == payout_id
    )
    return set(db.session.scalars(found))


def dispute_rows(*, source_id: str = "", money_id: str = "") -> list[BalanceRow]:
    """Return the rows of one dispute, or of all disputes about some money, in order."""
    about = BalanceRow.source_id == source_id if source_id else BalanceRow.money_id == money_id
    return list(
        db.session.scalars(
            select(BalanceRow)
            .where(BalanceRow.kind == RowKind.DISPUTE, about)
            .order_by(BalanceRow.id)
        )
    )


def rows_of_payout(payout_id: int) -> Select[BalanceRow]:
    """Return the statement for the rows of a payout, without the payout's own."""
    return (
        select(BalanceRow)
        .where(BalanceRow.payout_id == payout_id, BalanceRow.kind != RowKind.PAYOUT)
        .order_by(BalanceRow.moved_at, BalanceRow.id)
    )


def entries_of_rows(row_ids: Collection[int]) -> dict[int, list[Entry]]:
    """Return the entries that each of these rows stands for."""
    found = (
        select(RowEntry.row_id, Entry)
        .join(Entry, Entry.id == RowEntry.entry_id)
        .where(RowEntry.row_id.in_(row_ids))
        .order_by(Entry.id)
    )
    entries: dict[int, list[Entry]] = {}
    for row_id, entry in db.session.execute(found):
        entries.setdefault(row_id, []).append(entry)
    return entries


def problems_of_rows(row_ids: Collection[int]) -> dict[int, Explanation]:
    """Return what had, or has, to be explained about each of these rows."""
    found = select(Explanation).where(Explanation.row_id.in_(row_ids))
    return {row.row_id: row for row in db.session.scalars(found) if row.row_id is not None}


def net_of_payout(payout_id: int) -> int:
    """Return what the rows of a payout add up to, in pence."""
    net = func.sum(BalanceRow.amount_pence - BalanceRow.fee_pence)
    found = select(net).where(
        BalanceRow.payout_id == payout_id, BalanceRow.kind != RowKind.PAYOUT
    )  # fmt: skip
    return int(db.session.scalar(found) or 0)


def clearing_of_payout(payout_id: int) -> dict[Fund, int]:
    """Return what the ledger has in card clearing, fund by fund, for the rows of a payout."""
    found = (
        select(Line.fund, func.sum(Line.pence))
        .join(RowEntry, RowEntry.entry_id == Line.entry_id)
        .join(BalanceRow, BalanceRow.id == RowEntry.row_id)
        .where(BalanceRow.payout_id == payout_id, Line.account == accounts.CARD_CLEARING)
        .group_by(Line.fund)
    )
    return {fund: int(pence) for fund, pence in db.session.execute(found)}


def clearing_pence(entry_ids: Iterable[int]) -> int:
    """Return how some entries change card clearing."""
    found = select(func.sum(Line.pence)).where(
        Line.entry_id.in_(list(entry_ids)), Line.account == accounts.CARD_CLEARING
    )
    return int(db.session.scalar(found) or 0)


def entries_by_key(keys: Collection[str]) -> list[Entry]:
    """Return the entries that are in the ledger under these keys, with their lines."""
    if not keys:
        return []
    found = select(Entry).where(Entry.key.in_(keys)).options(selectinload(Entry.lines))
    return list(db.session.scalars(found.order_by(Entry.id)))


def free_entries(keys: Collection[str]) -> list[Entry]:
    """Return the entries under these keys that no row of the bank stands for yet."""
    taken = exists().where(RowEntry.entry_id == Entry.id)
    found = select(Entry).where(Entry.key.in_(keys), ~taken).order_by(Entry.id)
    return list(db.session.scalars(found))


def row_of_entry(key: str) -> BalanceRow | None:
    """Return the bank's row that an entry belongs to, once it has come."""
    return db.session.scalar(
        select(BalanceRow)
        .join(RowEntry, RowEntry.row_id == BalanceRow.id)
        .join(Entry, Entry.id == RowEntry.entry_id)
        .where(Entry.key == key)
    )


def was_paid_out(key: str) -> bool:
    """Say whether the money of an entry is in the bank by now: its row's payout was posted."""
    found = (
        select(Payout.id)
        .join(BalanceRow, BalanceRow.payout_id == Payout.id)
        .join(RowEntry, RowEntry.row_id == BalanceRow.id)
        .join(Entry, Entry.id == RowEntry.entry_id)
        .where(Entry.key == key, Payout.posted_at.is_not(None), Payout.state != PayoutState.FAILED)
    )
    return db.session.scalar(found.limit(1)) is not None


def last_payout_by_hand() -> datetime | None:
    """Return when the treasurer last entered a payout by hand."""
    found = select(func.max(Entry.entered_at)).where(Entry.key.startswith("hand:payout:"))
    return db.session.scalar(found)


def watch() -> BankWatch | None:
    """Return how far we have listened, and what the bank holds of ours."""
    return db.session.get(BankWatch, 1)


def explanation(public_id: str) -> Explanation | None:
    """Return one thing to explain, or that was explained."""
    return db.session.scalar(
        select(Explanation)
        .where(Explanation.public_id == public_id)
        .options(joinedload(Explanation.payment), joinedload(Explanation.row))
    )


def explanation_by_key(key: str) -> Explanation | None:
    """Return what was found about one thing, explained or not."""
    return db.session.scalar(select(Explanation).where(Explanation.key == key))


def explanations(*, resolved: bool = False) -> Select[Explanation]:
    """Return the statement for what is to be explained, or was; newest first."""
    is_resolved = Explanation.resolved_at.is_not(None)
    return (
        select(Explanation)
        .where(is_resolved if resolved else ~is_resolved)
        .options(joinedload(Explanation.resolved_by), joinedload(Explanation.payment))
        .order_by(Explanation.found_at.desc(), Explanation.id.desc())
    )


def count_to_explain() -> int:
    """Return how many things wait for the treasurer's explanation."""
    found = select(func.count()).where(Explanation.resolved_at.is_(None))
    return db.session.scalar(found) or 0


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
class Progress:
    """How far the money of one event is on its way back, in counts and pence."""

    event: Event
    #: By what became of each refund: "waiting", "going", "back", "given", "failed".
    counts: dict[str, int]
    pence: dict[str, int]


def events_with_refunds() -> Select[Event]:
    """Return the statement for events of which money went back, or is to; newest event first."""
    found = exists().where(PaymentLine.event_id == Event.id, Refund.line_id == PaymentLine.id)
    return select(Event).where(found).order_by(Event.first_starts_at.desc(), Event.id.desc())


def progress(events: Iterable[Event]) -> list[Progress]:
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
    made = {event_id: Progress(event, {}, {}) for event_id, event in by_id.items()}
    for event_id, what, count, pence in db.session.execute(found):
        made[event_id].counts[what], made[event_id].pence[what] = count, int(pence)
    return list(made.values())
