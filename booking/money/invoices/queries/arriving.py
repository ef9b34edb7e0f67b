"""What has arrived at the bank for invoices, and what a school has paid beyond them."""

from dataclasses import dataclass

from sqlalchemy import select, tuple_
from sqlalchemy.orm import joinedload

from booking.domain import invoicing
from booking.domain.invoicing import InvoiceState
from booking.domain.ledger import accounts
from booking.foundation.db import db
from booking.money.fund import ports as fund_ports
from booking.money.fund import queries as fund_queries
from booking.money.fund.ports import ReceivedMoney
from booking.money.invoices.models import Invoice
from booking.money.invoices.queries.billed import owed_pence
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School


@dataclass(frozen=True)
class ArrivedPayment:
    """A bank line that names invoices: what each of them gets, and what is over."""

    money: ReceivedMoney
    shares: tuple[tuple[Invoice, int], ...]
    over_pence: int


def arrived() -> list[ArrivedPayment]:
    """Return the bank lines that name invoices still to be paid, in two queries or so.

    What two lines pay of one invoice is counted once, the older line first.
    """
    lines = {
        money: [invoicing.of_reference(each) for each in invoicing.references_in(money.words)]
        for money in fund_ports.received_money()
    }
    named = _still_open({key for keys in lines.values() for key in keys})
    left = {key: invoice.amount_pence - invoice.paid_pence for key, invoice in named.items()}
    found = []
    for money, keys in lines.items():
        those = sorted((key for key in keys if left.get(key)), key=lambda key: named[key].due_on)
        shares, over = invoicing.divided(money.pence, [left[key] for key in those])
        for key, share in zip(those, shares, strict=True):
            left[key] -= share
        paid = tuple((named[key], n) for key, n in zip(those, shares, strict=True) if n)
        if paid:
            found.append(ArrivedPayment(money, paid, over))
    return found


def _still_open(keys: set[tuple[str, int]]) -> dict[tuple[str, int], Invoice]:
    if not keys:
        return {}
    statement = select(Invoice).where(
        tuple_(Invoice.school_year, Invoice.nth).in_(sorted(keys)),
        Invoice.state == InvoiceState.RAISED,
    )
    loaded = statement.options(joinedload(Invoice.school), joinedload(Invoice.event))
    return {(each.school_year, each.nth): each for each in db.session.scalars(loaded)}


def credit_of(slug: str) -> int:
    """Return what the school at an address has paid beyond what it owes, in pence."""
    school = school_queries.school_by_slug(slug)
    return credit_pence(school) if school else 0


def credit_pence(school: School) -> int:
    """Return what a school has paid beyond what it owes, in pence; 0 if nothing."""
    account = accounts.due_from_school(school.slug)
    in_ledger = sum(fund_queries.held_by_fund(account).values())
    return max(0, owed_pence([school.id]) - in_ledger)
