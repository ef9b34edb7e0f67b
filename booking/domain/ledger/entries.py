"""Entries of the ledger before they are written: lines, the check that they balance, and folds.

Sign convention: a debit is positive and a credit negative, as in Beancount ("The Double-Entry
Counting Method": the weights of a transaction's postings sum to zero). So assets and expenses
grow with plus, income and equity with minus. All amounts are whole pence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from booking.domain.funds import Fund
from booking.domain.ledger import accounts


class EntryKind(StrEnum):
    """What an entry records."""

    PAYMENT = "payment"
    CARD_FEE = "card_fee"
    REFUND = "refund"
    DISPUTE = "dispute"
    PAYOUT = "payout"
    PARKED = "parked"
    EXPLAINED = "explained"
    CASH_BANKED = "cash_banked"
    SCHOOL_INVOICE = "school_invoice"
    SCHOOL_INVOICE_PAID = "school_invoice_paid"
    SCHOOL_CREDIT_BACK = "school_credit_back"
    EVENT_COST = "event_cost"
    ADMIN_COST = "admin_cost"
    SPEAKER = "speaker"
    SUBSIDY = "subsidy"
    GRANT = "grant"
    OPENING_BALANCE = "opening_balance"
    EVENT_CLOSED = "event_closed"
    TRANSFER = "transfer"
    REVERSAL = "reversal"


#: What people call each kind of entry.
KIND_NAMES = {
    EntryKind.PAYMENT: "Payment",
    EntryKind.CARD_FEE: "Card fee",
    EntryKind.REFUND: "Refund",
    EntryKind.DISPUTE: "Disputed payment",
    EntryKind.PAYOUT: "Payout to the bank",
    EntryKind.PARKED: "Money to explain",
    EntryKind.EXPLAINED: "Money explained",
    EntryKind.CASH_BANKED: "Cash banked",
    EntryKind.SCHOOL_INVOICE: "Invoice to a school",
    EntryKind.SCHOOL_INVOICE_PAID: "Invoice paid",
    EntryKind.SCHOOL_CREDIT_BACK: "Given back to a school",
    EntryKind.EVENT_COST: "Cost of an event",
    EntryKind.ADMIN_COST: "Administration",
    EntryKind.SPEAKER: "Speaker",
    EntryKind.SUBSIDY: "Course subsidy",
    EntryKind.GRANT: "Grant or gift",
    EntryKind.OPENING_BALANCE: "Opening balance",
    EntryKind.EVENT_CLOSED: "Event closed",
    EntryKind.TRANSFER: "Transfer between funds",
    EntryKind.REVERSAL: "Reversal",
}


#: Kinds that only a card processor brings about.
CARD_KINDS = frozenset(
    {
        EntryKind.CARD_FEE,
        EntryKind.DISPUTE,
        EntryKind.PAYOUT,
        EntryKind.PARKED,
        EntryKind.EXPLAINED,
    }
)


class EntryRefused(ValueError):
    """The ledger does not accept this entry; the message says why."""


class EmptyEntry(EntryRefused):
    """An entry has no lines, so it would record nothing."""


class NoKey(EntryRefused):
    """An entry has no key, so it could be posted twice."""


class ZeroLine(EntryRefused):
    """A line is of zero pence, so it would record nothing."""


class Unbalanced(EntryRefused):
    """The lines do not add up to zero."""


class UnbalancedFund(EntryRefused):
    """The lines of one fund do not add up to zero, so money would slip from fund to fund."""


class EntryReasonMissing(EntryRefused):
    """This entry needs a reason that a reader will understand years later."""


class ReversalOfReversal(EntryRefused):
    """A reversal cannot be reversed; the first entry is recorded again, under a new key."""


@dataclass(frozen=True)
class DraftLine:
    """A movement of one account in one fund; a debit is positive, a credit negative."""

    account: str
    fund: Fund
    pence: int
    #: What the money is for, in the words of the fee's breakdown. Never a person's name.
    memo: str = ""


@dataclass(frozen=True)
class Draft:
    """An entry to be posted. References are ids, slugs and keys: no pupil appears in the ledger."""

    #: Unique for ever: posting the same fact again finds its key taken and changes nothing.
    key: str
    kind: EntryKind
    description: str
    lines: tuple[DraftLine, ...]
    event: str | None = None
    school: str | None = None
    reason: str = ""
    #: The key of the entry that this one undoes.
    reverses: str | None = None


def check(draft: Draft) -> Draft:
    """Return the draft if the ledger may accept it, or raise an EntryRefused.

    UnknownAccount is the only other refusal.
    """
    if not draft.key.strip():
        raise NoKey("Give the entry a key, like “payment:” and the payment's id.")
    if not draft.lines:
        raise EmptyEntry("Give the entry at least two lines.")
    for line in draft.lines:
        accounts.account(line.account)
        if line.pence == 0:
            raise ZeroLine(f"The line for {line.account} has no amount. Leave it out.")
    if total := sum(line.pence for line in draft.lines):
        raise Unbalanced(
            f"The debits and credits of the entry differ by {abs(total)} pence. "
            "Correct a line so that they are equal."
        )
    for fund in dict.fromkeys(line.fund for line in draft.lines):
        if total := sum(line.pence for line in draft.lines if line.fund == fund):
            raise UnbalancedFund(
                f"Within the fund “{fund}”, debits and credits differ by {abs(total)} pence. "
                "Move money between funds with a transfer."
            )
    return draft


def amount(lines: Iterable[DraftLine]) -> int:
    """Return the size of an entry (pence) as people would state it.

    It is the most that any account gains or loses. If none does, money went from fund to fund, and
    it is the most that an account moved within one fund.
    """
    by_account: dict[str, int] = {}
    largest_line = 0
    for line in lines:
        by_account[line.account] = by_account.get(line.account, 0) + line.pence
        largest_line = max(largest_line, abs(line.pence))
    return max(map(abs, by_account.values()), default=0) or largest_line


def balances(lines: Iterable[DraftLine]) -> dict[tuple[str, Fund], int]:
    """Add up the lines (pence) for each account and fund that they touch."""
    totals: dict[tuple[str, Fund], int] = {}
    for line in lines:
        place = (line.account, line.fund)
        totals[place] = totals.get(place, 0) + line.pence
    return totals


def fund_balance(totals: Mapping[tuple[str, Fund], int], fund: Fund) -> int:
    """Return what a fund is worth in pence: its money and what schools owe it."""
    return sum(
        pence for (name, of), pence in totals.items() if of == fund and accounts.is_asset(name)
    )


def fund_money(totals: Mapping[tuple[str, Fund], int], fund: Fund) -> int:
    """Return what a fund can spend in pence: what schools still owe is left out."""
    owed = sum(
        pence
        for (name, of), pence in totals.items()
        if of == fund and accounts.is_due_from_school(name)
    )
    return fund_balance(totals, fund) - owed


def may_spend(balance_pence: int, promised_pence: int, amount_pence: int) -> bool:
    """Return whether a fund that may not be overdrawn can pay or promise an amount.

    What is already promised counts as gone, so the fund is never spent or promised below zero.
    """
    assert promised_pence >= 0, "a promise is never below zero"
    return 0 < amount_pence <= balance_pence - promised_pence
