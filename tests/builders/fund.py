"""Ledger entries, posted by the service."""

from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import Any

from sqlalchemy import func, select

from booking.days.events.models import Event
from booking.domain import ledger
from booking.domain.charging import FeePart
from booking.domain.ledger import Fund
from booking.domain.permissions import COMMAND, Actor
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.fund import service as fund
from booking.money.fund.details import FundDetails
from booking.money.fund.models import Decision, Entry, FundRow
from booking.people.schools.models import Person
from tests.builders.rewritten import rewritten
from tests.builders.schools import actor_of


def unit() -> AbstractContextManager[Any]:
    """Return the caller's transaction, or one of its own."""
    return nullcontext() if db.session.info.get("writing") else transaction()


@rewritten
def post(draft: ledger.Draft, *, entered_on: date | None = None, actor: Actor = COMMAND) -> Entry:
    """Post a draft."""
    with unit():
        return fund.post(actor=actor, now=clock.now(), draft=draft, entered_on=entered_on)


def next_key(kind: str) -> str:
    """Return a key that is not in the ledger yet: "grant:1"."""
    held = db.session.scalar(select(func.count()).where(Entry.kind == kind)) or 0
    return f"{kind}:{held + 1}"


@rewritten
def make_grant(
    *,
    pence: int = 50_000,
    fund: Fund = Fund.CPD,
    description: str = "Grant of the Rotary Club",
    entered_on: date | None = None,
) -> Entry:
    """Post a grant into the bank."""
    with unit():
        draft = ledger.grant(key=next_key("grant"), pence=pence, description=description, fund=fund)
        return post(draft, entered_on=entered_on)


@rewritten
def make_fund(
    *,
    title: str = "Bursaries",
    purpose: str = "For families who need it.",
    restricted: bool = False,
) -> FundRow:
    """Add one of the network's own funds."""
    with unit():
        details = FundDetails(title, purpose, restricted)
        return fund.add_fund(actor=COMMAND, now=clock.now(), details=details)


def ask_reversal(email: str, entry: Entry, *, reason: str = "Entered twice") -> Decision:
    """Ask a second person, as somebody, to reverse an entry."""
    person = db.session.scalars(select(Person).where(Person.email == email)).one()
    with unit():
        return fund.ask_reversal(
            actor=actor_of(person), now=clock.now(), entry=entry, reason=reason
        )


@rewritten
def make_payment(
    *,
    event: Event,
    pence: int = 0,
    account: str = "assets:card-clearing",
    school: str = "",
    entered_on: date | None = None,
) -> Entry:
    """Post a family's payment for an event, by the event's breakdown; the whole fee by default."""
    with unit():
        parts = [FeePart(part.label, part.pence, part.fund) for part in event.fee_parts]
        draft = ledger.payment(
            key=next_key("payment"),
            amount_pence=pence or event.fee_pence,
            parts=parts,
            fee_kind=event.fee_kind,
            account=account,
            event=event.slug,
            school=school or None,
        )
        return post(draft, entered_on=entered_on)


@rewritten
def make_refund(*, payment: Entry, pence: int, entered_on: date | None = None) -> Entry:
    """Post a refund of a payment."""
    with unit():
        lines = [
            ledger.DraftLine(row.account, row.fund, row.pence, row.memo) for row in payment.lines
        ]
        event = db.session.get(Event, payment.event_id) if payment.event_id else None
        draft = ledger.refund(
            key=next_key("refund"),
            amount_pence=pence,
            posted=lines,
            event=event.slug if event else None,
        )
        return post(draft, entered_on=entered_on)


@rewritten
def make_cost(
    *, event: Event, pence: int, description: str = "Puzzle boxes", entered_on: date | None = None
) -> Entry:
    """Post a cost of an event, paid from the bank."""
    with unit():
        draft = ledger.event_cost(
            key=next_key("event_cost"), pence=pence, description=description, event=event.slug
        )
        return post(draft, entered_on=entered_on)


@rewritten
def make_speaker(
    *, pence: int, description: str = "Speaker on oracy", entered_on: date | None = None
) -> Entry:
    """Post a speaker's fee, paid from the bank by the CPD fund."""
    with unit():
        draft = ledger.speaker(key=next_key("speaker"), pence=pence, description=description)
        return post(draft, entered_on=entered_on)
