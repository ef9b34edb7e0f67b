"""What invoices add to the task lists: schools to bill, late payments, invoices to pay."""

from datetime import datetime, time
from functools import cache
from typing import Any

from flask import current_app, url_for
from sqlalchemy import Integer, Select, bindparam, select

from booking.domain import english, money, payee
from booking.domain.invoicing import InvoiceState, number
from booking.foundation import clock
from booking.foundation.clock import LONDON
from booking.foundation.db import rows
from booking.foundation.web.task_lists import Task
from booking.money.fund import queries as fund_queries
from booking.money.invoices import queries
from booking.money.invoices.models import Invoice
from booking.people.schools.details import SchoolLine

#: How many of a school's open invoices are tasks; its page has all of them.
TASKS_MAX = 10


def of_lead(*, now: datetime) -> list[Task]:
    """Return what keeps invoices from being sent, for a network that sends any."""
    missing = fund_queries.payee(payee.of_settings(current_app.config)).missing
    if not missing or not queries.are_used():
        return []
    return [
        Task(
            title="Invoices cannot be sent: they could not say where to pay",
            url=url_for("invoices.home"),
            hint=f"Ask whoever runs the server to set {english.listed(missing)}.",
            tag="Missing",
            tone="warn",
        )
    ]


def of_treasurer(*, now: datetime) -> list[Task]:
    """Return what keeps invoices from being sent, the events to bill for, and the late invoices."""
    found = of_lead(now=now)
    if events := queries.count_to_bill(now):
        found.append(
            Task(
                title=f"Bill the schools for {english.plural(events, 'event')}",
                url=url_for("invoices.home"),
                hint="They are over, and schools pay for them.",
                tag="To bill",
                tone="info",
            )
        )
    if late := queries.overdue_count(clock.today()):
        found.append(
            Task(
                title=f"{english.plural(late, 'invoice')} should have been paid",
                url=url_for("invoices.home"),
                hint="Check the bank account, then remind the school.",
                tag="Late",
                tone="warn",
            )
        )
    return found


def of_school(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return the invoices that a school has not paid, the first due first."""
    return [
        Task(
            title=f"Pay invoice {number(year, nth)}: {money.pounds(amount - paid)}",
            url=url_for("invoices.show", public_id=public_id),
            hint="Pass it to your office. It says where to pay, and with which reference.",
            due_at=datetime.combine(due_on, time(17), tzinfo=LONDON),
            tag="Invoice",
        )
        for public_id, year, nth, amount, paid, due_on in rows(
            _open_of_school(), school_id=school.id
        )
    ]


@cache
def _open_of_school() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Invoice.public_id,
            Invoice.school_year,
            Invoice.nth,
            Invoice.amount_pence,
            Invoice.paid_pence,
            Invoice.due_on,
        )
        .where(
            Invoice.school_id == bindparam("school_id", type_=Integer),
            Invoice.state == InvoiceState.RAISED,
        )
        .order_by(Invoice.due_on, Invoice.id)
        .limit(TASKS_MAX)
    )
