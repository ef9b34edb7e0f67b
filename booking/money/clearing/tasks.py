"""What clearing adds to the treasurer's tasks."""

from datetime import datetime

from flask import url_for

from booking.domain import english, money
from booking.domain.processor_states import DisputeState
from booking.foundation.web.task_lists import Task
from booking.money.checkout import queries as checkout_queries
from booking.money.checkout import soundness as checkout_soundness


def of_treasurer(*, now: datetime) -> list[Task]:
    """Return what a person has to do about card money."""
    failed, short, short_pence = checkout_queries.refunds_in_trouble()
    return [
        *_left_behind(),
        *_to_explain(),
        *_short_refunds(short, short_pence),
        *_failed_refunds(failed),
        *_disputes(),
    ]


def _left_behind() -> list[Task]:
    """Return what a network that has given up card payments has still with its processor."""
    count = len(list(checkout_soundness.left_behind()))
    if not count:
        return []
    return [
        Task(
            title=f"{english.plural(count, 'card payment or refund', 'card payments or refunds')} "
            f"{english.agree(count, 'has', 'have')} not ended at the card processor",
            url=url_for("clearing.payouts"),
            hint="Ask whoever runs the server to set PAYMENTS back until they have: nobody else "
            "knows how they end.",
            tag="Card money",
            tone="warn",
        )
    ]


def _to_explain() -> list[Task]:
    count = checkout_queries.count_to_explain()
    if not count:
        return []
    return [
        Task(
            title=english.plural(count, "thing to explain", "things to explain"),
            url=url_for("clearing.to_explain"),
            hint="What the card processor has does not match our books.",
            tag="To explain",
            tone="warn",
        )
    ]


def _short_refunds(count: int, pence: int) -> list[Task]:
    if not count:
        return []
    return [
        Task(
            title=f"{english.plural(count, 'refund')} of {money.pounds(pence)} in all "
            f"{english.agree(count, 'waits', 'wait')} for money at the card processor",
            url=url_for("clearing.going_back"),
            hint="It holds too little of ours. They go out by themselves once it holds enough; "
            "if no card payments are due, pay money in there.",
            tag="Refund",
            tone="warn",
        )
    ]


def _failed_refunds(count: int) -> list[Task]:
    if not count:
        return []
    return [
        Task(
            title=f"{english.plural(count, 'refund')} did not go through",
            url=url_for("clearing.going_back"),
            hint="Try the card again, or pay the money back another way.",
            tag="Refund",
            tone="warn",
        )
    ]


def _disputes() -> list[Task]:
    return [
        Task(
            title=f"A payment of {money.pounds(dispute.amount_pence)} is disputed",
            url=url_for("clearing.disputes"),
            hint="The cardholder’s bank wants evidence by then.",
            due_at=dispute.evidence_due_at,
            tag="Disputed",
            tone="warn",
        )
        for dispute in checkout_queries.open_disputes()
        if dispute.state is DisputeState.NEEDS_ANSWER
    ]
