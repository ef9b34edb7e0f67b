"""Reads of the ledger: what each fund holds, entries, events, and whether all is sound."""

from booking.fund.queries.balances import (
    Month,
    balances,
    cpd_by_month,
    cpd_month_totals,
    fund_balance,
    fund_money,
    held_by_fund,
)
from booking.fund.queries.entries import (
    EntryFilter,
    by_key,
    count_of,
    entries_of_event,
    latest,
    page,
    seal_of,
)
from booking.fund.queries.events import (
    EventSums,
    event_lines,
    events_with_money,
    page_of_events,
    recent_events,
    sums_of,
    to_close,
)
from booking.fund.queries.soundness import (
    Mark,
    entry_count,
    first_unbalanced,
    first_unknown_account,
    key_of,
    latest_seal,
    mark,
)
from booking.fund.queries.whole import accounts_used, first_day, whole

__all__ = [
    "EntryFilter",
    "EventSums",
    "Mark",
    "Month",
    "accounts_used",
    "balances",
    "by_key",
    "count_of",
    "cpd_by_month",
    "cpd_month_totals",
    "entries_of_event",
    "entry_count",
    "event_lines",
    "events_with_money",
    "first_day",
    "first_unbalanced",
    "first_unknown_account",
    "fund_balance",
    "fund_money",
    "held_by_fund",
    "key_of",
    "latest",
    "latest_seal",
    "mark",
    "page",
    "page_of_events",
    "recent_events",
    "seal_of",
    "sums_of",
    "to_close",
    "whole",
]
