"""The fund's pages: balances, entries, events, charts and downloads."""

from booking.money.fund.routes import (
    by_hand,
    decisions,
    downloads,
    entries,
    event_files,
    events,
    funds,
    home,
    publicity,
    rules,
    spending,
    statements,
    years,
)
from booking.money.fund.routes.blueprint import fund

__all__ = [
    "by_hand",
    "decisions",
    "downloads",
    "entries",
    "event_files",
    "events",
    "fund",
    "funds",
    "home",
    "publicity",
    "rules",
    "spending",
    "statements",
    "years",
]
