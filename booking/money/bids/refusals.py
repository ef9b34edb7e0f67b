"""Why something cannot be done with a bid; str() is the sentence that people read."""

from collections.abc import Sequence

from booking.domain.problems import Problem


class BidRefused(ValueError):
    """The network's rules do not allow it; `problems` says which, by field."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = problems
        super().__init__(" ".join(problem.words for problem in problems))


class NotEnoughToPromise(ValueError):
    """The CPD fund has less than this available."""


class PromiseLapsed(ValueError):
    """The promise has lapsed, whether or not the worker has noticed."""
