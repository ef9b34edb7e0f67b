"""What a search of the fund finds: entries and bank lines, and what has a name or reference."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import CompoundSelect, Select, exists, func, literal, select, union
from sqlalchemy.orm import selectinload

from booking.days.events.models import Event
from booking.domain.searching import Sought
from booking.foundation.db import db
from booking.foundation.web.paging import PAGE_SIZE, Page
from booking.money.bank.models import BankLine
from booking.money.checkout.models import PayIn
from booking.money.fund import queries as fund_queries
from booking.money.fund.models import Entry, EntrySize
from booking.money.invoices.models import Invoice, InvoicePayment
from booking.money.payments.models import Dispute, Payment, PaymentLine, Payout, Refund
from booking.people.schools.models import School

#: How many events, schools, payments … of one kind a search names; a closer one finds the rest.
NAMED_MAX = 20
_INVOICE = re.compile(r"(?P<year>[0-9]{4}/[0-9]{2})-(?P<nth>[0-9]{1,6})")


@dataclass(frozen=True)
class Finding:
    """What a search found, besides the list of entries and bank lines."""

    events: Sequence[Event] = ()
    schools: Sequence[School] = ()
    payments: Sequence[Payment] = ()
    payouts: Sequence[Payout] = ()
    slips: Sequence[PayIn] = ()
    invoices: Sequence[Invoice] = ()
    invoice_payments: Sequence[InvoicePayment] = ()


@dataclass(frozen=True)
class Movements:
    """One page of the list: entries and bank lines in the order in which they are shown."""

    page: Page[tuple[str, int]]
    entries: dict[int, Entry] = field(default_factory=dict)
    lines: dict[int, BankLine] = field(default_factory=dict)

    @property
    def in_order(self) -> list[Entry | BankLine]:
        """Return them as they are listed."""
        of: dict[str, Any] = {"entry": self.entries, "line": self.lines}
        return [of[kind][row_id] for kind, row_id in self.page.items]


def found(sought: Sought) -> Finding:
    """Return what a search names: at most one query for each kind of thing."""
    by_name = sought.name
    return Finding(
        events=_some(_named(Event, Event.title, by_name)) if by_name else (),
        schools=_some(_named(School, School.name, by_name)) if by_name else (),
        payments=_payments(sought),
        **_referred(sought.reference),
    )


def _some(statement: Select[Any]) -> list[Any]:
    return list(db.session.scalars(statement.limit(NAMED_MAX)))


def _named(table: Any, column: Any, name: str) -> Select[Any]:
    return select(table).where(column.icontains(name, autoescape=True)).order_by(column, table.id)


def _payments(sought: Sought) -> list[Payment]:
    """Return payments with this reference, ours or another's, and those for several places."""
    ways = []
    if reference := sought.reference:
        ways += [
            select(Payment.id).where(Payment.public_id == reference),
            select(Payment.id).where(Payment.reference == reference),
            select(Refund.payment_id).where(Refund.public_id == reference),
            select(Dispute.payment_id).where(Dispute.gateway_id == reference),
        ]
    if sought.pence is not None:
        several = exists().where(PaymentLine.payment_id == Payment.id, PaymentLine.number == 2)
        ways.append(select(Payment.id).where(Payment.amount_pence == sought.pence, several))
    if not ways:
        return []
    statement = select(Payment).where(Payment.id.in_(union(*ways)))
    return _some(statement.order_by(Payment.opened_at.desc(), Payment.id.desc()))


def _referred(reference: str) -> dict[str, Any]:
    """Return what else has a reference: the processor's, a slip's or an invoice's."""
    if not reference:
        return {}
    invoices = []
    if number := _INVOICE.fullmatch(reference):
        year, nth = number["year"], int(number["nth"])
        invoices = _some(select(Invoice).where(Invoice.school_year == year, Invoice.nth == nth))
    return {
        "payouts": _some(select(Payout).where(Payout.gateway_id == reference)),
        "slips": _some(select(PayIn).where(PayIn.reference == reference).order_by(PayIn.id.desc())),
        "invoices": invoices,
        "invoice_payments": _some(
            select(InvoicePayment).where(InvoicePayment.public_id == reference)
        ),
    }


def movements(sought: Sought, named: Finding, *, number: int) -> Movements:
    """Return one page of entries and bank lines, newest first; as many queries for few as many."""
    wanted = _wanted(sought, named)
    if wanted is None:
        return Movements(Page([], number, 0))
    listed = wanted.subquery()
    rows = db.session.execute(
        select(listed.c.kind, listed.c.row_id)
        .order_by(listed.c.moved_on.desc(), listed.c.kind, listed.c.row_id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    total = db.session.scalar(select(func.count()).select_from(listed)) or 0
    page = Page([(kind, row_id) for kind, row_id in rows], number, total)
    ids = {kind: [row_id for of, row_id in rows if of == kind] for kind in ("entry", "line")}
    return Movements(page, _entries(ids["entry"]), _lines(ids["line"]))


def _wanted(sought: Sought, named: Finding) -> CompoundSelect[Any] | None:
    """Return (kind, row_id, moved_on) of all that is wanted, each found by its own index."""
    entry = _rows("entry", Entry, Entry.entered_on)
    line = _rows("line", BankLine, BankLine.moved_on)
    parts = []
    if (pence := sought.pence) is not None:
        sized = entry.join(EntrySize, EntrySize.entry_id == Entry.id)
        parts += [sized.where(EntrySize.pence == pence)]
        parts += [line.where(BankLine.pence.in_((pence, -pence)))]
    if sought.first_on is not None and sought.last_on is not None:
        parts += [entry.where(Entry.entered_on.between(sought.first_on, sought.last_on))]
        parts += [line.where(BankLine.moved_on.between(sought.first_on, sought.last_on))]
    if named.events:
        parts += [entry.where(Entry.event_id.in_([event.id for event in named.events]))]
    if named.schools:
        parts += [entry.where(Entry.school.in_([school.slug for school in named.schools]))]
    if sought.reference:
        parts += [entry.where(Entry.key == sought.reference)]
    return union(*parts) if parts else None


def _rows(kind: str, table: Any, moved_on: Any) -> Select[Any]:
    return select(literal(kind).label("kind"), table.id.label("row_id"), moved_on.label("moved_on"))


def _entries(ids: Sequence[int]) -> dict[int, Entry]:
    statement = select(Entry).where(Entry.id.in_(ids))
    shown = statement.options(*fund_queries.NAMED, selectinload(Entry.lines))
    return {entry.id: entry for entry in db.session.scalars(shown).unique()}


def _lines(ids: Sequence[int]) -> dict[int, BankLine]:
    found_lines = db.session.scalars(select(BankLine).where(BankLine.id.in_(ids)))
    return {line.id: line for line in found_lines}
