"""Payouts, compared with their rows to the penny and entered in the ledger once."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

from sqlalchemy.exc import IntegrityError

from booking.domain import ledger, money
from booking.domain.ledger import accounts
from booking.domain.permissions import WORKER
from booking.domain.processor_states import PayoutState, RowKind
from booking.foundation import clock
from booking.foundation.db import db, retrying, transaction
from booking.money.checkout import queries as checkout_queries
from booking.money.checkout.service import one_by_one, parking, posting, settling
from booking.money.checkout.service.settling import SettlementOutcome
from booking.money.clearing.service import disputing, elsewhere
from booking.money.clearing.service import rows as clearing_rows
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.payments import gateway, processor_account
from booking.money.payments import locks as payment_locks
from booking.money.payments import queries as payment_queries
from booking.money.payments import service as payments
from booking.money.payments.models import Payout

log = logging.getLogger(__name__)
#: Where to start looking for payouts if we have never looked before.
FIRST_LOOK = timedelta(days=30)
#: How many rows are recorded in one transaction.
BATCH = 50
CHECK_ACCOUNT = (
    "Check the bank account that is set up at the card processor: the money stays there and comes "
    "with a later payout."
)
CAME_BACK = "The bank account did not accept it; the money is with the card processor again."


def reconcile(now: datetime) -> int:
    """Take in every payout made since we last looked; return how many reached the ledger.

    Each is taken in by itself: one that fails goes on the treasurer's list and is tried again.
    """
    seen = checkout_queries.watch()
    since = seen.payouts_until if seen and seen.payouts_until else _first_look(now)
    unfinished = checkout_queries.unfinished_payouts()
    db.session.rollback()  # ends reading: the processor may take a while
    account = processor_account.current()
    found = {payout.id: payout for payout in account.payouts_since(since)}
    posted, silence = 0, None
    for payout_id in {**found, **dict.fromkeys(unfinished)}:
        try:
            posted += take_in(payout_id, found.get(payout_id))
        except gateway.GatewayUnavailable as error:
            silence = error
    until = _taken_until(found.values(), since)
    balance = None if silence else account.balance_pence()
    retrying(lambda: _keep(until, balance))
    if silence is not None:
        raise silence
    return posted


def _taken_until(found: Iterable[processor_account.FoundPayout], since: datetime) -> datetime:
    """Return up to when every payout is written down: the next look begins there."""
    until = since
    for payout in sorted(found, key=lambda each: each.created_at):
        ours = payout.currency == gateway.CURRENCY
        if ours and checkout_queries.payout_by_id(payout.id) is None:
            break
        until = max(until, payout.created_at)
    db.session.rollback()
    return until


def _first_look(now: datetime) -> datetime:
    """Start after what the treasurer has entered by hand, so that no payout counts twice."""
    by_hand = checkout_queries.last_payout_by_hand()
    return max(now - FIRST_LOOK, by_hand) if by_hand else now - FIRST_LOOK


def _keep(until: datetime, balance_pence: int | None) -> None:
    with transaction():
        watch = payments.watch()
        watch.payouts_until = max(until, watch.payouts_until or until)
        if balance_pence is not None:
            watch.balance_pence, watch.balance_at = balance_pence, clock.now()


def look(payout_id: str, *, message: gateway.ProcessorMessage | None = None) -> SettlementOutcome:
    """Bring our books up to date with one payout."""
    db.session.rollback()  # ends reading: the processor may take a while
    take_in(payout_id, processor_account.current().payout(payout_id))
    if message is not None:
        retrying(lambda: _remember(message))
    return SettlementOutcome.HEARD


def _remember(message: gateway.ProcessorMessage) -> None:
    with transaction():
        payments.record_message(message=message, now=clock.now())


def take_in(payout_id: str, found: processor_account.FoundPayout | None = None) -> bool:
    """Record a payout with its rows; return whether it has just reached the ledger.

    May be repeated at will, and interrupted anywhere: ids make rows and payout count once. What
    fails goes on the treasurer's list.
    """
    done = one_by_one.take(
        lambda: _record_whole(found or processor_account.current().payout(payout_id)),
        key=f"payout-waits:{payout_id}",
        about=f"The payout of {money.pounds(found.amount_pence)}" if found else "A payout",
        amount_pence=found.amount_pence if found else 0,
    )
    return bool(done)


def _record_whole(found: processor_account.FoundPayout) -> bool:
    if found.currency != gateway.CURRENCY:
        log.error("payout %s is in %s, which is no money of ours", found.id, found.currency)
        return False
    try:
        return _take_in(found)
    except IntegrityError:
        db.session.rollback()
        log.info("payout %s is in another worker's hands", found.id)
        return False


def _take_in(found: processor_account.FoundPayout) -> bool:
    payout_id, is_posted = retrying(lambda: _record(found))
    if not is_posted:
        if found.automatic and not found.complete:
            return False  # the processor is still putting its rows together
        if found.automatic:
            _take_rows(payout_id, processor_account.current().rows_of(found.id))
        retrying(lambda: _post(payout_id))
    if found.state is PayoutState.FAILED:
        retrying(lambda: _undo(payout_id))
    return not is_posted


def _record(found: processor_account.FoundPayout) -> tuple[int, bool]:
    with transaction():
        row = payments.record_payout(
            actor=WORKER, now=clock.now(), found=found, row=checkout_queries.payout_by_id(found.id)
        )
        db.session.flush()
        return row.id, row.posted_at is not None


def _take_rows(payout_id: int, rows: Iterable[processor_account.ProcessorRow]) -> None:
    """Record the rows, some at a time, after asking the processor what we need to know."""
    coming = iter(rows)
    while some := list(islice(coming, BATCH)):
        known = checkout_queries.rows_known([row.id for row in some], payout_id)
        db.session.rollback()
        news = [row for row in some if row.id not in known]
        for row in news:
            _prepare(row)
        retrying(partial(_record_rows, payout_id, news))


def _prepare(row: processor_account.ProcessorRow) -> None:
    """Bring our books up to date with what the row is about, by asking the processor."""
    try:
        match row.kind:
            case RowKind.CHARGE:
                _learn_charge(row)
            case RowKind.REFUND | RowKind.REFUND_FAILURE:
                _learn_refund(row)
            case RowKind.DISPUTE if checkout_queries.row_by_id(row.id) is None:
                disputing.look(row.source_id)
            case RowKind.PAYOUT_FAILURE:
                _learn_failure(row)
            case _:
                pass
    except gateway.GatewayRefused as error:
        log.error("the processor does not know what row %s is about: %s", row.id, error)
    finally:
        db.session.rollback()


def _learn_charge(row: processor_account.ProcessorRow) -> None:
    if payment_queries.by_money(row.money_id) is None and row.reference:
        payment = payment_queries.by_public_id(row.reference)
        if payment is not None and payment.session_id is not None:
            settling.settle(payment.session_id)


def _learn_refund(row: processor_account.ProcessorRow) -> None:
    wanted = clearing_rows.refund_keys(row.source_id)
    if row.kind is RowKind.REFUND_FAILURE:
        wanted = [f"reversal:{key}" for key in wanted]
    if row.money_id and not checkout_queries.entries_by_key(wanted):
        elsewhere.take_in(row.money_id)


def _learn_failure(row: processor_account.ProcessorRow) -> None:
    failed = checkout_queries.payout_by_id(row.source_id)
    if failed is None or failed.state is not PayoutState.FAILED or failed.posted_at is None:
        look(row.source_id)


def _record_rows(payout_id: int, rows: list[processor_account.ProcessorRow]) -> None:
    with transaction() as unit:
        payout = unit.get_one(Payout, payout_id)
        for row in rows:
            clearing_rows.record(row, payout=payout, now=clock.now())


def _post(payout_id: int) -> None:
    with transaction():
        now = clock.now()
        payout = payment_locks.payout(payout_id)
        if payout.posted_at is not None:
            return
        draft = draft_of(payout)
        if draft is not None:
            fund.post(actor=WORKER, now=now, draft=draft, happened_on=payout.arrives_on)
        if payout.rows_pence not in (None, payout.amount_pence):
            parking.list_payout(payout, now=now)
        payout.posted_at = now


def draft_of(payout: Payout) -> ledger.Draft | None:
    """Return the entry for a payout; an empty one, whose rows cancel out, needs none."""
    key = fund.key_after(f"payout:{payout.gateway_id}")
    if not payout.automatic:
        clearing = fund_queries.held_by_fund(accounts.CARD_CLEARING)
        return ledger.payout(key=key, amount_pence=payout.amount_pence, clearing=clearing)
    payout.rows_pence = checkout_queries.net_of_payout(payout.id)
    rows = checkout_queries.clearing_of_payout(payout.id)
    if not payout.amount_pence and not any(rows.values()):
        return None
    return ledger.paid_out(key=key, amount_pence=payout.amount_pence, rows=rows)


def _undo(payout_id: int) -> None:
    """Put the money of a payout that came back where it was before."""
    with transaction():
        payout = payment_locks.payout(payout_id)
        posting.undo(
            fund.key_after(f"payout:{payout.gateway_id}"), reason=CAME_BACK, now=clock.now()
        )
        parking.list_problem(
            key=f"payout-failed:{payout.gateway_id}",
            problem=f"The payout of {money.pounds(payout.amount_pence)} came back. {CHECK_ACCOUNT}",
            amount_pence=payout.amount_pence,
            now=clock.now(),
        )
