"""What checkout adds to people's task lists."""

from datetime import datetime

from flask import url_for

from booking.domain import english
from booking.foundation.web.task_lists import Task
from booking.money.checkout.queries import due
from booking.people.schools.details import SchoolLine


def of_school(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return what a school has to do about money: charges to settle, cash to hand back."""
    charges = [
        Task(
            title=f"{english.plural(count, 'charge')} to settle for {title}",
            url=url_for("checkout.money", slug=slug),
            hint="A place is confirmed once its charge is paid or remitted.",
            due_at=soonest,
            tag="Charge",
        )
        for slug, title, count, soonest in due.charges_to_settle(school.id)
    ]
    by_hand = [
        Task(
            title=f"Money to hand back for {title}",
            url=url_for("checkout.money", slug=slug),
            hint="It was paid in cash, by cheque or by bank transfer.",
            tag="Refund",
        )
        for slug, title in due.events_with_refunds_by_hand(school.id)
    ]
    return charges + by_hand
