"""Entries for money that the network spends."""

from booking.domain.funds import Fund
from booking.domain.ledger import accounts, shapes
from booking.domain.ledger.entries import Draft, EntryKind, check


def event_cost(
    *,
    key: str,
    pence: int,
    description: str,
    event: str,
    fund: Fund = Fund.EVENTS,
    account: str = accounts.BANK,
) -> Draft:
    """Post a cost of an event, including its own speaker."""
    lines = shapes.spent(pence, accounts.EVENT_COSTS, account, fund)
    return check(Draft(key, EntryKind.EVENT_COST, description, lines, event))


def admin_cost(*, key: str, pence: int, description: str, account: str = accounts.BANK) -> Draft:
    """Post a cost of running the network."""
    lines = shapes.spent(pence, accounts.ADMIN_COSTS, account, Fund.ADMIN)
    return check(Draft(key, EntryKind.ADMIN_COST, description, lines))


def speaker(
    *,
    key: str,
    pence: int,
    description: str,
    fund: Fund = Fund.CPD,
    event: str | None = None,
    account: str = accounts.BANK,
) -> Draft:
    """Post the fee of a speaker for teachers."""
    lines = shapes.spent(pence, accounts.SPEAKERS, account, fund)
    return check(Draft(key, EntryKind.SPEAKER, description, lines, event))


def subsidy(
    *, key: str, pence: int, description: str, school: str, account: str = accounts.BANK
) -> Draft:
    """Post what the CPD fund pays towards a teacher's course."""
    lines = shapes.spent(pence, accounts.COURSE_SUBSIDIES, account, Fund.CPD)
    return check(Draft(key, EntryKind.SUBSIDY, description, lines, school=school))
