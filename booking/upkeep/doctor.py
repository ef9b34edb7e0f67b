"""Checks of everything that must always hold; they only read."""

from itertools import chain

from booking.foundation import chores
from booking.foundation.chores import Check


def checks() -> list[Check]:
    """Return every feature's checks; those on the whole database come last."""
    return list(chain.from_iterable(chores.checks()))


def examine() -> list[tuple[Check, list[str]]]:
    """Run every check; return each with its problems (none if the promise holds)."""
    return [(check, list(check.problems())) for check in checks()]
