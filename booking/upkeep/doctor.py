"""Every invariant that must hold at any moment, each checked by reading only."""

from itertools import chain

from booking.foundation import chores
from booking.foundation.chores import Check


def checks() -> list[Check]:
    """Return the checks of every feature; those of the whole database come last."""
    return list(chain.from_iterable(chores.checks()))


def examine() -> list[tuple[Check, list[str]]]:
    """Run every check; return each with its problems (none: the promise holds)."""
    return [(check, list(check.problems())) for check in checks()]
