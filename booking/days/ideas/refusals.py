"""Why something cannot be done with an idea."""

from collections.abc import Iterable

from booking.domain.problems import Problem


class IdeaRefused(ValueError):
    """The idea cannot be saved as it is; `problems` says why, field by field."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.words for problem in self.problems))


class IdeaNotOpen(ValueError):
    """The idea has been taken up or closed."""


class NotForThisSchool(ValueError):
    """The person may not speak for that school, or the idea is that school's own."""


class HostNotTheirs(ValueError):
    """The person may not write events for that school."""
