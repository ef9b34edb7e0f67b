"""One event's statement: what was asked for and received, where it went, and the surplus."""

from collections.abc import Callable, Sequence
from datetime import datetime

from booking.days.events.models import Event
from booking.domain import charging, ledger, money
from booking.domain.ledger import Fund
from booking.money.fund.models import Entry
from booking.money.fund.queries import EventSums
from booking.money.fund.statements.document import Document, RowStyle, StatementRow, Table

FEE_WORDS = {
    charging.FeeKind.FREE: "Free",
    charging.FeeKind.VOLUNTARY_CONTRIBUTION: "Voluntary contribution",
    charging.FeeKind.CHARGE: "Charge",
    charging.FeeKind.PAID_BY_SCHOOL: "Paid by the school",
}


def event_document(
    event: Event,
    sums: EventSums,
    *,
    facts: Sequence[tuple[str, str]],
    entries: Sequence[Entry],
    title_of: Callable[[Fund], str],
    made_at: datetime,
) -> Document:
    """Return an event's statement.

    `facts` are counts of families, from the feature that counts them; payments are shown as sums.
    """
    tables = [_asked(event, sums, facts), _parts(event, sums, title_of)]
    tables += [_by_fund(sums, title_of), _result(sums)]
    if entries:
        tables.append(_entries(entries))
    day = f"{event.first_starts_at:%-d %B %Y}" if event.first_starts_at else "no date yet"
    return Document(f"Statement of {event.title}", day, made_at, tuple(tables))


def fee_words(event: Event) -> str:
    """Return the words for what a family is asked for."""
    words = FEE_WORDS[event.fee_kind]
    return f"{words}, {money.pounds(event.fee_pence)}" if event.fee_pence else words


def _asked(event: Event, sums: EventSums, facts: Sequence[tuple[str, str]]) -> Table:
    rows = [
        StatementRow(("Asked for per pupil", fee_words(event))),
        *(StatementRow(fact) for fact in facts),
        StatementRow(("Received", money.pounds(sums.received_pence))),
        StatementRow(("Refunded", money.pounds(sums.refunded_pence))),
        StatementRow(("Kept", money.pounds(sums.net_pence)), RowStyle.TOTAL),
    ]
    return Table("What was asked for and received", ("What", "Amount"), tuple(rows), frozenset())


def _parts(event: Event, sums: EventSums, title_of: Callable[[Fund], str]) -> Table:
    divided = parts(event, sums)
    rows = [
        StatementRow((label or "Not divided", title_of(of), pence))
        for (label, of), pence in divided
    ]
    total = StatementRow(("Total", None, sums.net_pence), RowStyle.TOTAL)
    head = ("Part of the fee", "Fund", "Amount")
    return Table("Where it went, by the published breakdown", head, (*rows, total), frozenset({2}))


def parts(event: Event, sums: EventSums) -> list[tuple[tuple[str, Fund], int]]:
    """Return what each part of the fee brought in, in the published order."""
    order = {part.label: part.position for part in event.fee_parts}
    return sorted(sums.parts.items(), key=lambda item: order.get(item[0][0], len(order) + 1))


def by_fund(
    sums: EventSums, title_of: Callable[[Fund], str]
) -> list[tuple[str, tuple[int, int, int]]]:
    """Return what each fund kept of the income, spent, and has left (pence)."""
    rows = []
    for of in dict.fromkeys((*Fund, *sorted({*sums.costs, *(f for _, f in sums.parts)}))):
        came = sum(pence for (_, part_of), pence in sums.parts.items() if part_of is of)
        went = sums.costs.get(of, 0)
        if came or went:
            rows.append((title_of(of), (came, went, came - went)))
    return rows


def _by_fund(sums: EventSums, title_of: Callable[[Fund], str]) -> Table:
    found = by_fund(sums, title_of)
    rows = [StatementRow((title, *pence)) for title, pence in found]
    total = [sum(column) for column in zip(*(pence for _, pence in found), strict=True)]
    rows.append(StatementRow(("Total", *(total or (0, 0, 0))), RowStyle.TOTAL))
    head = ("Fund", "Came in", "Costs, including payment fees", "Left")
    return Table("What each fund received and spent", head, tuple(rows), frozenset({1, 2, 3}))


def _result(sums: EventSums) -> Table:
    over = sums.surplus_pence + sums.swept_pence
    rows = [
        StatementRow(("Surplus in the events’ own fund", over), RowStyle.TOTAL),
        StatementRow(("Of which moved when the event was closed", sums.swept_pence)),
        StatementRow(("Not moved yet", sums.surplus_pence)),
    ]
    return Table("Surplus", ("What", "Amount"), tuple(rows), frozenset({1}))


def _entries(entries: Sequence[Entry]) -> Table:
    rows = tuple(
        StatementRow(
            (
                entry.title,
                entry.entered_on,
                ledger.KIND_NAMES[ledger.EntryKind(entry.kind)],
                ledger.amount(
                    ledger.DraftLine(line.account, line.fund, line.pence) for line in entry.lines
                ),
            ),
            entry=entry.key,
        )
        for entry in entries
    )
    head = ("Entry", "Date", "Kind", "Amount")
    return Table("Costs and other entries, newest first", head, rows, frozenset({3}))
