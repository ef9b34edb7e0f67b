"""Entries for money that comes in, goes back to families, or moves on its way to the bank. The
published breakdown of the fee decides which fund gets what; money that only moves from one place to
another (a payout, cash taken to the bank) stays in its fund.
"""

from collections.abc import Iterable, Mapping, Sequence

from booking.domain import money
from booking.domain.charging import FeeKind, FeePart
from booking.domain.funds import Fund
from booking.domain.ledger import accounts, shapes
from booking.domain.ledger.entries import Draft, DraftLine, EntryKind, EntryRefused, check

#: The income account of each kind of fee that brings money in.
INCOME = {
    FeeKind.VOLUNTARY_CONTRIBUTION: accounts.CONTRIBUTIONS,
    FeeKind.CHARGE: accounts.CHARGES,
    FeeKind.PAID_BY_SCHOOL: accounts.SCHOOL_PAYMENTS,
}


class NoFeeAsked(EntryRefused):
    """A free event takes no payment."""


def payment(
    *,
    key: str,
    amount_pence: int,
    parts: Sequence[FeePart],
    fee_kind: FeeKind,
    account: str = accounts.CARD_CLEARING,
    event: str | None = None,
    school: str | None = None,
) -> Draft:
    """Post what a family paid, gross, by the event's published breakdown.

    An amount other than the fee is divided in the same proportions, no penny lost. The account is
    where the money is now: card clearing, the cash box or the bank.
    """
    if fee_kind not in INCOME:
        raise NoFeeAsked("This event is free. Record a gift to the network as a grant.")
    lines = shapes.received(amount_pence, parts, account, INCOME[fee_kind])
    return check(Draft(key, EntryKind.PAYMENT, "Payment", lines, event, school))


def card_fee(*, key: str, pence: int, fund: Fund = Fund.ADMIN, event: str | None = None) -> Draft:
    """Post what the card processor kept, once it is known; `admin` bears it."""
    lines = shapes.spent(pence, accounts.CARD_FEES, accounts.CARD_CLEARING, fund)
    return check(Draft(key, EntryKind.CARD_FEE, "Card fee", lines, event))


def refund(
    *,
    key: str,
    amount_pence: int,
    posted: Iterable[DraftLine],
    account: str = accounts.CARD_CLEARING,
    event: str | None = None,
    school: str | None = None,
    kind: EntryKind = EntryKind.REFUND,
) -> Draft:
    """Post money given back, mirroring how the payment was divided.

    `posted` holds every line of the payment, of its earlier refunds and of refunds that failed.
    Each refund is divided by what is left of each part, so refunds of any amounts never take more
    from a part than it got, and together they come to exactly the payment. A dispute is posted the
    same way with its own kind.
    """
    left = shapes.income_left(posted)
    total = sum(left.values())
    shapes.above_zero(amount_pence)
    if amount_pence > total:
        raise shapes.MoreThanThere(
            f"Only {money.pounds(total)} of this payment can still be refunded."
        )
    shares = zip(left, money.split(amount_pence, list(left.values())), strict=True)
    debits = [DraftLine(name, fund, share, memo) for (name, fund, memo), share in shares if share]
    lines = (*debits, *shapes.mirrored(debits, account))
    words = "Disputed payment" if kind is EntryKind.DISPUTE else "Refund"
    return check(Draft(key, kind, words, lines, event, school))


def school_invoice(
    *, key: str, amount_pence: int, parts: Sequence[FeePart], school: str, event: str | None = None
) -> Draft:
    """Post what a school is billed for its places, by the breakdown."""
    debtor = accounts.due_from_school(school)
    lines = shapes.received(amount_pence, parts, debtor, accounts.SCHOOL_PAYMENTS)
    return check(Draft(key, EntryKind.SCHOOL_INVOICE, "Invoice to a school", lines, event, school))


def school_invoice_by_hand(
    *, key: str, lines: Sequence[tuple[str, int]], income: str, fund: Fund, school: str
) -> Draft:
    """Post what a school is billed for something else than an event: lines of words and pence."""
    for _, pence in lines:
        shapes.above_zero(pence)
    credits = [DraftLine(income, fund, -pence, words) for words, pence in lines]
    debits = shapes.mirrored(credits, accounts.due_from_school(school))
    words = "Invoice to a school"
    return check(Draft(key, EntryKind.SCHOOL_INVOICE, words, (*debits, *credits), None, school))


def school_invoice_paid(
    *,
    key: str,
    amount_pence: int,
    due: Mapping[Fund, int],
    school: str,
    account: str = accounts.BANK,
    event: str | None = None,
) -> Draft:
    """Post what a school paid of what it owes (`due`, pence in each fund)."""
    shares = shapes.shares_held(amount_pence, due)
    lines = shapes.between(accounts.due_from_school(school), account, shares)
    return check(
        Draft(key, EntryKind.SCHOOL_INVOICE_PAID, "Invoice paid by a school", lines, event, school)
    )


def school_credit(*, key: str, pence: int, school: str) -> Draft:
    """Post what a school paid beyond what it owed: it is the school's until it is given back.

    `admin` keeps it meanwhile, because it belongs to no event and to no fund's purpose.
    """
    shapes.above_zero(pence)
    lines = shapes.between(accounts.due_from_school(school), accounts.BANK, {Fund.ADMIN: pence})
    words = "Paid by a school beyond what it owed"
    return check(Draft(key, EntryKind.SCHOOL_INVOICE_PAID, words, lines, None, school))


def school_credit_returned(*, key: str, pence: int, school: str, account: str) -> Draft:
    """Post what was given back to a school that had paid too much."""
    shapes.above_zero(pence)
    lines = shapes.between(account, accounts.due_from_school(school), {Fund.ADMIN: pence})
    words = "Given back to a school that paid too much"
    return check(Draft(key, EntryKind.SCHOOL_CREDIT_BACK, words, lines, None, school))


def cash_banked(*, key: str, amount_pence: int, cash: Mapping[Fund, int]) -> Draft:
    """Post cash taken to the bank, from what there is (pence in each fund)."""
    lines = shapes.between(accounts.CASH, accounts.BANK, shapes.shares_held(amount_pence, cash))
    return check(Draft(key, EntryKind.CASH_BANKED, "Cash taken to the bank", lines))


def payout(*, key: str, amount_pence: int, clearing: Mapping[Fund, int]) -> Draft:
    """Post what the card processor paid out to the bank.

    `clearing` is what card clearing holds in each fund (pence). A payout of all of it moves each
    fund as it stands, even one that card fees have taken below zero; a smaller payout is shared in
    proportion to what each fund has. The processor is right even when our books are not: what we
    cannot account for, including a payout the other way, falls to `admin`, where the
    reconciliation shows it.
    """
    held = {fund: pence for fund, pence in clearing.items() if pence > 0}
    if 0 < amount_pence < sum(clearing.values()):
        split = money.split(amount_pence, list(held.values()))
        shares = dict(zip(held, split, strict=True))
    else:
        shares = dict(clearing)
        unknown = amount_pence - sum(clearing.values())
        shares[Fund.ADMIN] = shares.get(Fund.ADMIN, 0) + unknown
    lines = shapes.between(accounts.CARD_CLEARING, accounts.BANK, shares)
    return check(Draft(key, EntryKind.PAYOUT, "Payout of card payments", lines))


def grant(
    *,
    key: str,
    pence: int,
    description: str,
    fund: Fund = Fund.CPD,
    account: str = accounts.BANK,
) -> Draft:
    """Post a grant or a gift to one fund."""
    shapes.above_zero(pence)
    lines = (DraftLine(account, fund, pence), DraftLine(accounts.GRANTS, fund, -pence))
    return check(Draft(key, EntryKind.GRANT, description, lines))


def opening_balance(
    *, key: str, amounts: Mapping[Fund, int], account: str = accounts.BANK
) -> Draft:
    """Post what an account held (pence in each fund) when the books began."""
    lines = shapes.between(accounts.OPENING, account, amounts)
    return check(Draft(key, EntryKind.OPENING_BALANCE, "Opening balance", lines))
