"""The ledger's rules: double entry in whole pence with a fund on every line."""

from booking.domain.funds import Fund
from booking.domain.ledger.accounts import UnknownAccount, account, due_from_school
from booking.domain.ledger.entries import (
    Draft,
    EmptyEntry,
    EntryRefused,
    Kind,
    Line,
    NoKey,
    ReasonMissing,
    ReversalOfReversal,
    Unbalanced,
    UnbalancedFund,
    ZeroLine,
    account_by_fund,
    balances,
    check,
    cpd_may_spend,
    fund_balance,
    fund_money,
)

__all__ = [
    "Draft",
    "EmptyEntry",
    "EntryRefused",
    "Fund",
    "Kind",
    "Line",
    "NoKey",
    "ReasonMissing",
    "ReversalOfReversal",
    "Unbalanced",
    "UnbalancedFund",
    "UnknownAccount",
    "ZeroLine",
    "account",
    "account_by_fund",
    "balances",
    "check",
    "cpd_may_spend",
    "due_from_school",
    "fund_balance",
    "fund_money",
]
