"""Entries that close an event, move money between funds, and undo an earlier entry."""

from collections.abc import Iterable

from booking.domain.funds import Fund
from booking.domain.ledger import accounts, entries, shapes
from booking.domain.ledger.entries import Draft, DraftLine, EntryKind, check


class SameFund(entries.EntryRefused):
    """Money does not move from a fund to itself."""


def event_surplus(lines: Iterable[DraftLine]) -> int:
    """Work out what an event has left over in the fund `events`, in pence.

    It is income less expenses and less what was already swept, from that event's lines alone; so it
    is zero once the event is closed, and no longer zero if a refund comes later.
    """
    return -sum(
        line.pence
        for line in lines
        if line.fund is Fund.EVENTS and not accounts.is_asset(line.account)
    )


def close_event(
    *,
    key: str,
    event: str,
    surplus_pence: int,
    reason: str = "",
    surplus_to: Fund = Fund.CPD,
    account: str = accounts.BANK,
) -> Draft:
    """Sweep an event's surplus into the CPD fund, or meet its deficit.

    A deficit (below zero) is met from `admin`, by the lead's decision, so give the reason. Money
    passes from fund to fund through equity:transfers, which keeps each fund balanced. An event that
    broke even needs no entry, and EmptyEntry says so.
    """
    if surplus_pence < 0 and not reason.strip():
        raise entries.EntryReasonMissing(
            "Give the lead's reason for meeting the deficit from administration."
        )
    other = surplus_to if surplus_pence > 0 else Fund.ADMIN
    assert other is not Fund.EVENTS, "a surplus leaves the fund `events`"
    shares = {Fund.EVENTS: -surplus_pence, other: surplus_pence}
    words = "Deficit of an event" if surplus_pence < 0 else "Surplus of an event"
    lines = shapes.between(accounts.TRANSFERS, account, shares)
    return check(Draft(key, EntryKind.EVENT_CLOSED, words, lines, event, reason=reason.strip()))


def transfer(
    *,
    key: str,
    pence: int,
    source: Fund,
    target: Fund,
    reason: str,
    account: str = accounts.BANK,
) -> Draft:
    """Move money from one fund to another, where it lies, for a reason.

    The caller knows whether the first fund may give it away (a restricted fund may not).
    """
    shapes.above_zero(pence)
    if source == target:
        raise SameFund("Choose two different funds.")
    if not reason.strip():
        raise entries.EntryReasonMissing("Say why the money moves, and who decided it.")
    lines = shapes.between(accounts.TRANSFERS, account, {source: -pence, target: pence})
    words = "Transfer between funds"
    return check(Draft(key, EntryKind.TRANSFER, words, lines, reason=reason.strip()))


def reversal(entry: Draft, *, reason: str) -> Draft:
    """Undo an entry by its mirror image, with a reason.

    The key is made from the entry's own, so an entry can be reversed once only.
    """
    if entry.kind is EntryKind.REVERSAL:
        raise entries.ReversalOfReversal(
            "A reversal cannot be undone. Record the first entry again as it should be."
        )
    if not reason.strip():
        raise entries.EntryReasonMissing("Say why this entry is reversed.")
    lines = tuple(
        DraftLine(line.account, line.fund, -line.pence, line.memo) for line in entry.lines
    )
    return check(
        Draft(
            f"reversal:{entry.key}",
            EntryKind.REVERSAL,
            f"Reversal: {entry.description}",
            lines,
            entry.event,
            entry.school,
            reason=reason.strip(),
            reverses=entry.key,
        )
    )
