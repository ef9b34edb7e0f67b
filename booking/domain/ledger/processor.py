"""Entries that keep our books equal to the card processor's, row by row and to the penny.

Card clearing is the processor's account as we see it. A row of theirs that nothing of ours
explains is parked: clearing follows at once, and `assets:to-explain` says that nobody knows yet
whose money it is. Explaining it empties that account again.
"""

from collections.abc import Iterable, Mapping, Sequence

from booking.domain import money
from booking.domain.charging import FeeKind, FeePart
from booking.domain.funds import Fund
from booking.domain.ledger import accounts, shapes
from booking.domain.ledger.entries import (
    Draft,
    DraftLine,
    EntryKind,
    EntryReasonMissing,
    ZeroLine,
    check,
)
from booking.domain.ledger.receipts import INCOME, NoFeeAsked

#: What cannot be charged to any other fund falls to administration.
BEARER = Fund.ADMIN


def paid_out(*, key: str, amount_pence: int, rows: Mapping[Fund, int]) -> Draft:
    """Post a payout whose rows are known, so that each fund's own money moves.

    `rows` is what the ledger holds in card clearing (pence in each fund) for the rows of this
    payout. The processor is right about the sum; a difference falls to administration, where the
    reconciliation shows it. A payout below zero takes money back from the bank.
    """
    shares = dict(rows)
    shares[BEARER] = shares.get(BEARER, 0) + amount_pence - sum(rows.values())
    lines = shapes.between(accounts.CARD_CLEARING, accounts.BANK, shares)
    return check(Draft(key, EntryKind.PAYOUT, "Payout of card payments", lines))


def processor_fee(*, key: str, pence: int, kind: EntryKind = EntryKind.CARD_FEE) -> Draft:
    """Post a fee that the processor keeps or (below zero) gives back."""
    words = (
        "Fee of a disputed payment" if kind is EntryKind.DISPUTE else "Fee of the card processor"
    )
    return check(Draft(key, kind, words, _moved(accounts.CARD_FEES, pence)))


def parked(*, key: str, pence: int) -> Draft:
    """Post money that came in (or, below zero, went out) and is not explained yet."""
    return check(
        Draft(key, EntryKind.PARKED, "Money to explain", _moved(accounts.TO_EXPLAIN, -pence))
    )


def noted(*, key: str, pence: int, reason: str) -> Draft:
    """Post parked money as administration's own, with the reason."""
    if not reason.strip():
        raise EntryReasonMissing(
            "Say what this money is, so that a reader understands it years later."
        )
    other = accounts.GRANTS if pence > 0 else accounts.ADMIN_COSTS
    lines = _carried(other, accounts.TO_EXPLAIN, pence)
    return check(Draft(key, EntryKind.EXPLAINED, "Money explained", lines, reason=reason.strip()))


def attached(
    *,
    key: str,
    amount_pence: int,
    parts: Sequence[FeePart],
    fee_kind: FeeKind,
    account: str = accounts.CARD_CLEARING,
    event: str | None = None,
    school: str | None = None,
) -> Draft:
    """Post parked money as a payment after all, by the published breakdown.

    `account` is where the money is now: card clearing, or the bank once it has been paid out. There
    it passes from administration, where it was parked, to the funds of the breakdown.
    """
    if fee_kind not in INCOME:
        raise NoFeeAsked("This event is free, so no payment can belong to it.")
    received = shapes.received(amount_pence, parts, account, INCOME[fee_kind])
    parked_lines = _carried(account, accounts.TO_EXPLAIN, amount_pence)
    lines = _summed((*parked_lines, *received))
    return check(Draft(key, EntryKind.PAYMENT, "Payment, explained", lines, event, school))


def given_instead(
    *,
    key: str,
    amount_pence: int,
    posted: Iterable[DraftLine],
    account: str = accounts.CARD_CLEARING,
    event: str | None = None,
    school: str | None = None,
) -> Draft:
    """Post what a family gave to the CPD fund in place of a refund.

    The payment's parts are taken back as for a refund, and the same money becomes a gift.
    """
    shapes.above_zero(amount_pence)
    debits = _share_of_left(amount_pence, posted)
    gift = (
        DraftLine(account, Fund.CPD, amount_pence),
        DraftLine(accounts.GRANTS, Fund.CPD, -amount_pence, "given instead of a refund"),
    )
    lines = _summed((*debits, *shapes.mirrored(debits, account), *gift))
    return check(Draft(key, EntryKind.GRANT, "Given instead of a refund", lines, event, school))


def _share_of_left(amount_pence: int, posted: Iterable[DraftLine]) -> list[DraftLine]:
    left = shapes.income_left(posted)
    total = sum(left.values())
    if amount_pence > total:
        raise shapes.MoreThanThere(f"Only {money.pounds(total)} of this payment is left.")
    shares = zip(left, money.split(amount_pence, list(left.values())), strict=True)
    return [DraftLine(name, fund, share, memo) for (name, fund, memo), share in shares if share]


def _moved(account: str, pence: int) -> tuple[DraftLine, ...]:
    """Post an amount against card clearing."""
    return _carried(accounts.CARD_CLEARING, account, pence)


def _carried(source: str, target: str, pence: int) -> tuple[DraftLine, ...]:
    """Move an amount inside administration's fund."""
    if not pence:
        raise ZeroLine("There is no amount to record.")
    return shapes.between(source, target, {BEARER: pence})


def _summed(lines: Iterable[DraftLine]) -> tuple[DraftLine, ...]:
    """Add up lines with the same account, fund and memo, and drop those that come to nothing."""
    totals: dict[tuple[str, Fund, str], int] = {}
    for line in lines:
        place = (line.account, line.fund, line.memo)
        totals[place] = totals.get(place, 0) + line.pence
    return tuple(
        DraftLine(account, fund, pence, memo)
        for (account, fund, memo), pence in totals.items()
        if pence
    )
