"""Record what has arrived at the bank for invoices, and give back what was paid beyond them."""

from collections.abc import Collection
from datetime import date, datetime

from booking.domain import ledger
from booking.domain.ledger import EntryKind, Fund, accounts
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.clock import LONDON
from booking.money.fund import locks as fund_locks
from booking.money.fund import ports as fund_ports
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.fund.details import HandEntry
from booking.money.fund.models import Entry, SpendingProposal
from booking.money.invoices import queries
from booking.money.invoices.queries import ArrivedPayment
from booking.money.invoices.service import raising
from booking.people.schools.models import School


class NothingArrived(ValueError):
    """None of the lines can be recorded; the message says what to do."""


def record_arrived(*, actor: Actor, now: datetime, lines: Collection[str]) -> int:
    """Record what these bank lines pay, and match each with its entries; return how many.

    What a school paid beyond its invoices stays in its account until it is given back. Raises
    NothingArrived, and what `record_payment` raises.
    """
    if not lines:
        raise NothingArrived("Tick the payments that are right.")
    fund_locks.funds()
    found = [each for each in queries.arrived() if each.money.line in lines]
    if not found:
        raise NothingArrived(
            "These payments have changed since you opened the page. Please check again."
        )
    for each in found:
        _record(each, actor=actor, now=now)
    return len(found)


def _record(arrived: ArrivedPayment, *, actor: Actor, now: datetime) -> None:
    today = now.astimezone(LONDON).date()
    on = ledger.day_of_fact(arrived.money.on, fund_queries.closed_until(), today)
    keys = []
    for invoice, pence in arrived.shares:
        payment = raising.record_payment(
            actor=actor, now=now, invoice=invoice, pence=pence, account=accounts.BANK, paid_on=on
        )
        keys.append(raising.payment_key(payment))
    if arrived.over_pence:
        school = arrived.shares[0][0].school
        # What was recorded for this line before and undone is recorded again under another key.
        key = fund.key_after(f"school-credit:{arrived.money.line}")
        draft = ledger.school_credit(key=key, pence=arrived.over_pence, school=school.slug)
        fund.post(actor=actor, now=now, draft=draft, entered_on=on)
        keys.append(key)
    fund_ports.match_money(actor=actor, now=now, line=arrived.money.line, keys=keys)


def give_back(
    *,
    actor: Actor,
    now: datetime,
    school: School,
    pence: int,
    account: str,
    paid_on: date,
    reference: str,
) -> Entry | SpendingProposal:
    """Record that a school gets back what it paid beyond what it owed, or propose it to a second.

    It takes two people as other payments by hand do; `reference` is the one-time key of the form.
    Raises what `fund.enter_or_ask` raises, such as fund.NotEnoughMoney for more than that.
    """
    entry = HandEntry(
        kind=EntryKind.SCHOOL_CREDIT_BACK,
        reference=reference,
        entered_on=paid_on,
        pence=pence,
        fund=Fund.ADMIN,
        account=account,
        description="What the school paid beyond its invoices",
        school=school.slug,
    )
    done = fund.enter_or_ask(actor=actor, now=now, entry=entry)
    if isinstance(done, Entry):  # the fund records what is proposed
        audit.record(
            actor=actor,
            action="give_back_to_school",
            subject=school,
            school_id=school.id,
            now=now,
            pence=pence,
        )
    return done
