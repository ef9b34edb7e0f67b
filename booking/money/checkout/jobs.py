"""The jobs that settle open payments, pay refunds, and ask for consent again."""

from collections.abc import Sequence

from booking.foundation.chores import Job, in_batches, once
from booking.money.checkout import service


def jobs() -> Sequence[Job]:
    """Return the worker's jobs."""
    return (
        Job("settle open payments", 2, once(service.settle_open)),
        Job("remind of consent asked again", 15, in_batches(service.remind_of_questions)),
        Job("ask for consent again", 60, in_batches(service.ask_where_overlooked)),
        Job("pay refunds", 2, once(service.execute_refunds)),
    )
