"""What transfers add to the treasurer's tasks."""

from datetime import datetime

from flask import url_for

from booking.domain import english, money
from booking.foundation.web.task_lists import Task
from booking.money.transfers import queries


def of_treasurer(*, now: datetime) -> list[Task]:
    """Return the money that is to be sent back to families."""
    waiting = queries.to_send_back()
    if not waiting:
        return []
    pence = sum(each.refund.amount_pence for each in waiting)
    return [
        Task(
            title=f"Send back {money.pounds(pence)} to families",
            url=url_for("transfers.home"),
            hint=f"{english.plural(len(waiting), 'refund')} of bank transfers.",
            tag="Refund",
            tone="warn",
        )
    ]
