"""What the bank adds to the treasurer's task list."""

from datetime import datetime

from flask import url_for

from booking.domain import english
from booking.foundation.web.task_lists import Task
from booking.money.bank import queries


def of_treasurer(*, now: datetime) -> list[Task]:
    """Return a task for the proposals to confirm and the lines still to match."""
    waiting = queries.unmatched_lines_page(number=1).total
    if not waiting:
        return []
    proposed = len(queries.proposals())
    return [
        Task(
            title=f"Match {english.plural(waiting, 'bank line')}",
            url=url_for("bank.matching"),
            hint=f"{english.plural(proposed, 'proposal')} to confirm."
            if proposed
            else "Choose their entries, or record what is missing.",
            tag="To match",
            tone="info",
        )
    ]
