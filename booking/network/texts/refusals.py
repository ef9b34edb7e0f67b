"""Why the network's own words are not kept as they are."""

from collections.abc import Iterable

from booking.domain.problems import Problem


class TextRefused(ValueError):
    """The text cannot be saved as it is; `problems` says why, field by field."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.words for problem in self.problems))


class TextUnchanged(ValueError):
    """The text is the one that stands already."""


class FactsRefused(ValueError):
    """What the lead says about the network cannot be kept; `problems` says why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.words for problem in self.problems))


class NotDescribed(ValueError):
    """Nobody has said what the picture shows."""
