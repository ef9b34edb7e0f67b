"""The job that proves each night that all is sound."""

from collections.abc import Sequence

from booking.foundation.chores import Job, Lane
from booking.proofs import proving
from booking.proofs.details import PROVE


def jobs() -> Sequence[Job]:
    """Return the worker's job: it asks often whether something is due, and mostly nothing is."""
    return (Job(PROVE, 5, proving.turn, lane=Lane.LONG),)
