"""What checkout adds to people's task lists."""

from datetime import datetime
from typing import Any

from flask import url_for

from booking.checkout import queries, school_due
from booking.web.tasks import Task


def of_school(*, school: Any = None, now: datetime | None = None, **_facts: Any) -> list[Task]:
    """Return what a school has to do about money: charges before places, cash to hand back."""
    if school is None:
        return []
    charges = [
        Task(
            title=f"{count} {'charge' if count == 1 else 'charges'} to settle for {title}",
            url=url_for("checkout.money", slug=slug),
            hint="The places are confirmed once each charge is paid or remitted.",
            due_at=soonest,
            tag="Charge",
        )
        for slug, title, count, soonest in school_due.charges_to_settle(school.id)
    ]
    by_hand = [
        Task(
            title=f"Money to hand back for {title}",
            url=url_for("checkout.money", slug=slug),
            hint="It was paid in cash, by cheque or to the bank.",
            tag="Refund",
        )
        for slug, title in school_due.events_with_refunds_by_hand(school.id)
    ]
    return charges + by_hand


def of_treasurer(**_facts: Any) -> list[Task]:
    """Return the payments and refunds that a person has to look at."""
    count = queries.count_to_explain()
    if not count:
        return []
    return [
        Task(
            title=f"{count} {'payment' if count == 1 else 'payments'} to explain",
            url=url_for("checkout.to_explain"),
            hint="What the bank took does not match what was asked for, or a refund failed.",
            tag="To explain",
            tone="warn",
        )
    ]
