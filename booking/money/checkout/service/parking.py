"""What the processor has that does not agree with our books: kept apart, and listed.

Nothing is dropped: what the processor really holds goes into the ledger at once, on an account of
its own, until a person has explained it.
"""

from datetime import datetime

from booking.domain import ledger, money
from booking.domain.permissions import WORKER
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.money.checkout import queries
from booking.money.checkout.models import Explanation
from booking.money.fund import service as fund
from booking.money.payments import gateway
from booking.money.payments.models import BalanceRow, Payment, Payout


def list_problem(
    *,
    key: str,
    problem: str,
    amount_pence: int,
    now: datetime,
    payment: Payment | None = None,
    row: BalanceRow | None = None,
    parked_key: str = "",
) -> Explanation:
    """Put something on the treasurer's list, once; it stays there until it is explained."""
    if found := queries.explanation_by_key(key):
        return found
    made = Explanation(
        key=key,
        problem=problem,
        amount_pence=amount_pence,
        payment=payment,
        row=row,
        parked_key=parked_key,
        found_at=now,
    )
    db.session.add(made)
    db.session.flush()
    audit.record(
        actor=WORKER,
        action="find_problem",
        subject=made,
        now=now,
        reason=problem,
        amount_pence=amount_pence,
    )
    return made


def park_payment(payment: Payment, seen: gateway.Session, *, live: bool, now: datetime) -> None:
    """Keep apart the money of a payment that does not match what was asked for."""
    key = f"parked:{payment.public_id}"
    # Other currencies, and the other mode, are not in any account of ours.
    ours = seen.currency == gateway.CURRENCY and seen.live == live and seen.amount_pence > 0
    if ours:
        draft = ledger.parked(key=key, pence=seen.amount_pence)
        fund.post(actor=WORKER, now=now, draft=draft)
    list_problem(
        key=f"payment:{payment.public_id}",
        problem=payment.to_explain,
        amount_pence=seen.amount_pence,
        now=now,
        payment=payment,
        parked_key=key if ours else "",
    )


def park_row(row: BalanceRow, *, pence: int, problem: str, now: datetime) -> str:
    """Keep apart what a processor row has over and above our books; return the entry's key."""
    key = f"row:{row.gateway_id}"
    fund.post(actor=WORKER, now=now, draft=ledger.parked(key=key, pence=pence))
    list_problem(key=key, problem=problem, amount_pence=pence, now=now, row=row, parked_key=key)
    return key


def list_payout(payout: Payout, *, now: datetime) -> None:
    """List a payout that is not what its rows add up to."""
    assert payout.rows_pence is not None, "its rows have been read"
    apart = payout.amount_pence - payout.rows_pence
    list_problem(
        key=f"payout:{payout.gateway_id}",
        problem=(
            f"The payout of {money.pounds(payout.amount_pence)} is not what its rows come to: "
            f"{money.pounds(payout.rows_pence)}. Administration bears the difference until "
            "the card processor explains it."
        ),
        amount_pence=apart,
        now=now,
    )
