"""Reads of invoices: what has to be billed, what has been, and what is still due."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Exists, Select, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain.booking_states import EXPECTED
from booking.domain.charging import FeeKind
from booking.domain.funds import Fund
from booking.domain.invoicing import InvoiceState
from booking.foundation.db import db
from booking.money.fund.models import Entry, EntryLine
from booking.money.invoices.models import Invoice, InvoicePayment
from booking.people.schools.models import School


@dataclass(frozen=True)
class Billed:
    """A school still to be billed for an event, and for how many pupils."""

    school: School
    pupils: int


def to_bill(event: Event) -> list[Billed]:
    """Return the schools that owe for pupils who were expected at an event, by name."""
    counted = db.session.execute(
        select(Booking.school_id, func.count())
        .where(Booking.event_id == event.id, Booking.state.in_(EXPECTED), ~_is_billed())
        .group_by(Booking.school_id)
    )
    pupils = {school_id: count for school_id, count in counted}
    schools = db.session.scalars(
        select(School).where(School.id.in_(pupils)).order_by(School.name, School.id)
    )
    return [Billed(school, pupils[school.id]) for school in schools]


def events_to_bill(now: datetime) -> Select[Event]:
    """Return the statement for events that are over and that some school still has to pay for."""
    return (
        select(Event)
        .where(*_to_bill(now))
        .options(selectinload(Event.dates))
        .order_by(Event.last_ends_at, Event.id)
    )


def count_to_bill(now: datetime) -> int:
    """Return how many events there are to bill schools for."""
    return db.session.scalar(select(func.count()).select_from(Event).where(*_to_bill(now))) or 0


def _to_bill(now: datetime) -> tuple[ColumnElement[bool], ...]:
    owing = exists().where(Booking.event_id == Event.id, Booking.state.in_(EXPECTED), ~_is_billed())
    return (
        Event.fee_kind == FeeKind.PAID_BY_SCHOOL,
        Event.state.in_(event_states.TAKES_PLACE),
        event_states.over(now),
        owing,
    )


def _is_billed() -> Exists:
    """Return the condition that the school of a booking has an invoice for its event."""
    return exists().where(
        Invoice.event_id == Booking.event_id,
        Invoice.school_id == Booking.school_id,
        Invoice.state != InvoiceState.CANCELLED,
    )


def listed(*, school_ids: Sequence[int] | None = None, open_only: bool = False) -> Select[Invoice]:
    """Return the statement for some schools' invoices (None: all), newest first."""
    statement = (
        select(Invoice)
        .options(joinedload(Invoice.school), joinedload(Invoice.event))
        .order_by(Invoice.raised_on.desc(), Invoice.id.desc())
    )
    if school_ids is not None:
        statement = statement.where(Invoice.school_id.in_(school_ids))
    return statement.where(Invoice.state == InvoiceState.RAISED) if open_only else statement


def owed_pence(school_ids: Sequence[int] | None = None) -> int:
    """Return what schools still owe, in pence."""
    left = func.sum(Invoice.amount_pence - Invoice.paid_pence)
    statement = select(left).where(Invoice.state == InvoiceState.RAISED)
    if school_ids is not None:
        statement = statement.where(Invoice.school_id.in_(school_ids))
    return int(db.session.scalar(statement) or 0)


def are_used() -> bool:
    """Return whether the network has invoices, or an event that schools pay for."""
    asked = [
        exists().where(Event.fee_kind == FeeKind.PAID_BY_SCHOOL),
        exists().select_from(Invoice),
    ]
    return any(db.session.scalar(select(each)) for each in asked)


def overdue_count(today: date) -> int:
    """Return how many invoices should have been paid before today."""
    statement = select(func.count()).where(
        Invoice.state == InvoiceState.RAISED, Invoice.due_on < today
    )
    return db.session.scalar(statement) or 0


def by_public_id(public_id: str) -> Invoice | None:
    """Return an invoice with its school, event and payments."""
    return db.session.scalar(
        select(Invoice)
        .where(Invoice.public_id == public_id)
        .options(
            joinedload(Invoice.school),
            joinedload(Invoice.event).selectinload(Event.fee_parts),
            joinedload(Invoice.event).selectinload(Event.dates),
            selectinload(Invoice.payments),
            selectinload(Invoice.lines),
        )
    )


def payment_by_public_id(public_id: str) -> InvoicePayment | None:
    """Return a payment of an invoice."""
    return db.session.scalar(
        select(InvoicePayment)
        .where(InvoicePayment.public_id == public_id)
        .options(joinedload(InvoicePayment.invoice).joinedload(Invoice.school))
    )


def last_number(school_year: str) -> int:
    """Return the number of the newest invoice in a school year; 0 if there is none."""
    statement = select(func.max(Invoice.nth)).where(Invoice.school_year == school_year)
    return db.session.scalar(statement) or 0


def written_to(school_year: str, title: str) -> set[int]:
    """Return the schools with an invoice of this title, written by hand in a school year."""
    found = select(Invoice.school_id).where(
        Invoice.school_year == school_year,
        Invoice.title == title,
        Invoice.event_id.is_(None),
        Invoice.state != InvoiceState.CANCELLED,
    )
    return set(db.session.scalars(found))


def due_by_fund(keys: Sequence[str], account: str) -> dict[Fund, int]:
    """Return what the entries under these keys, less reversals, leave in an account, by fund."""
    wanted = [name for key in keys for name in (key, f"reversal:{key}")]
    rows = db.session.execute(
        select(EntryLine.fund, func.sum(EntryLine.pence))
        .join(Entry, Entry.id == EntryLine.entry_id)
        .where(Entry.key.in_(wanted), EntryLine.account == account)
        .group_by(EntryLine.fund)
    )
    due: dict[Fund, int] = defaultdict(int)
    for fund, pence in rows:
        due[fund] = int(pence)
    return due
