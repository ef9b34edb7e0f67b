"""Why a record of who leads is refused."""

from collections.abc import Iterable

from booking.domain.problems import Problem


class LeadingRefused(ValueError):
    """The record cannot be saved like this; `problems` says why, field by field."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.words for problem in self.problems))


class NoProvider(ValueError):
    """Only a provider's insurance and checks are confirmed."""


class NoOlderPupils(ValueError):
    """A school agrees only that its own pupils lead."""
