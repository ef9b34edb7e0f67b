"""Undo what a treasurer did about card money, and say which entries the card processor made."""

from datetime import datetime
from functools import partial

from booking.domain.payment_states import PaymentState
from booking.domain.permissions import WORKER, Actor
from booking.domain.processor_states import PayoutState
from booking.foundation.audit import service as audit
from booking.foundation.web import addresses
from booking.money.checkout import locks as checkout_locks
from booking.money.checkout import queries as checkout_queries
from booking.money.checkout.models import Explanation, Resolution
from booking.money.clearing.service import payouts
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.fund.models import Decision, Entry
from booking.money.fund.ports import EntrySource
from booking.money.payments import locks as payment_locks
from booking.money.payments import service as payments
from booking.money.payments.models import Payout

#: What is kept apart until somebody has explained it.
APART = frozenset({"parked", "row", "parked-refund"})


def undo_note(
    *, actor: Actor, now: datetime, found: Explanation, reason: str, decided: bool = False
) -> Entry | Decision:
    """Take back that money was something else: it is to be explained again.

    Above the network's limit a second person is asked, and nothing changes until they agree.
    Raises fund.AlreadyUndone, and what `fund.undo_or_ask` raises.
    """
    row = checkout_locks.explanation(found.id)
    entry = fund_queries.by_key(note_key(row))
    if row.resolution is not Resolution.NOTED or entry is None:
        raise fund.AlreadyUndone("This note has already been undone.")
    made = fund.undo_or_ask(actor=actor, now=now, entry=entry, reason=reason, decided=decided)
    if isinstance(made, Decision):
        return made
    row.resolution = row.resolved_at = row.resolved_by_id = None
    if row.payment is not None and row.parked_key == f"parked:{row.payment.public_id}":
        payment = checkout_locks.payment(row.payment.id).payment
        if payment.state is PaymentState.FAILED:
            payments.park_again(payment, row.problem)
    audit.record(actor=actor, action="undo_note", subject=row, now=now, reason=reason.strip())
    return made


def note_key(row: Explanation) -> str:
    """Return the key of the entry of a note, as it stands or as the next would have it."""
    return fund.key_after(f"noted:{row.public_id}")


def is_missing(payout: Payout) -> bool:
    """Return whether a payout's entry was reversed in the ledger, and not by the processor."""
    if payout.posted_at is None or payout.state is PayoutState.FAILED:
        return False
    base = f"payout:{payout.gateway_id}"
    return (
        fund_queries.by_key(base) is not None and fund_queries.by_key(fund.key_after(base)) is None
    )


def record_again(*, actor: Actor, now: datetime, payout: Payout) -> Entry | None:
    """Record a payout again whose entry was reversed in the ledger alone: the money did arrive.

    Raises fund.AlreadyUndone where nothing is missing.
    """
    payout = payment_locks.payout(payout.id)
    if not is_missing(payout):
        raise fund.AlreadyUndone("This payout is in the ledger.")
    audit.record(actor=actor, action="record_payout_again", subject=payout, now=now)
    draft = payouts.draft_of(payout)
    if draft is None:
        return None
    return fund.post(actor=WORKER, now=now, draft=draft, happened_on=payout.arrives_on)


def source_of(key: str, /) -> EntrySource | None:
    """Return what made an entry about card money, and where it is undone."""
    kind, _, rest = key.partition(":")
    if kind == "payout":
        how = "It is undone by itself when the card processor says that it came back."
        url = addresses.FUND_PAYOUTS()
        return EntrySource("a payout of the card processor", how, url, "Card money")
    if kind in APART:
        how = "To change it, explain there what this money is."
        url = addresses.FUND_TO_EXPLAIN()
        return EntrySource("money at the card processor", how, url, "To explain")
    found = checkout_queries.explanation(rest.partition(":")[0]) if kind == "noted" else None
    if found is None:
        return None
    return EntrySource(
        made_by="a note on money to explain",
        how="To undo it, undo the note there.",
        url=addresses.FUND_EXPLANATION(public_id=found.public_id),
        label="Open it",
        undo=partial(undo_note, found=found, decided=True),
    )
