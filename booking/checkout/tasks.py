"""What checkout adds to people's task lists."""

from datetime import datetime
from typing import Any

from flask import url_for

from booking.checkout import bank_queries, school_due
from booking.domain import money
from booking.domain.bank_states import DisputeState
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
    """Return what a person has to do about card money."""
    return [*_to_explain(), *_failed_refunds(), *_disputes()]


def _to_explain() -> list[Task]:
    count = bank_queries.count_to_explain()
    if not count:
        return []
    return [
        Task(
            title="1 thing to explain" if count == 1 else f"{count} things to explain",
            url=url_for("checkout.to_explain"),
            hint="What the bank has does not match what our books have.",
            tag="To explain",
            tone="warn",
        )
    ]


def _failed_refunds() -> list[Task]:
    count = bank_queries.count_failed_refunds()
    if not count:
        return []
    return [
        Task(
            title=f"{count} {'refund' if count == 1 else 'refunds'} could not be paid out",
            url=url_for("checkout.going_back"),
            hint="Try the card again, or hand the money back another way.",
            tag="Refund",
            tone="warn",
        )
    ]


def _disputes() -> list[Task]:
    return [
        Task(
            title=f"A payment of {money.pounds(dispute.amount_pence)} is disputed",
            url=url_for("checkout.disputes"),
            hint="The bank wants evidence by then.",
            due_at=dispute.evidence_due_at,
            tag="Disputed",
            tone="warn",
        )
        for dispute in bank_queries.open_disputes()
        if dispute.state is DisputeState.NEEDS_ANSWER
    ]
