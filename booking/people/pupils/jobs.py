"""Moves into a new school year stand once the day to undo them is over."""

from collections.abc import Sequence

from booking.foundation.chores import Job, in_batches
from booking.people.pupils.service import years


def jobs() -> Sequence[Job]:
    """Return what the worker does."""
    return (Job("let moves into a new year stand", 30, in_batches(years.settle_moves)),)
