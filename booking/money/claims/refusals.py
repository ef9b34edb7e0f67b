"""Why something cannot be done with a claim."""

from booking.domain.problems import Problem


class CostClaimRefused(ValueError):
    """The claim cannot be made like this; `problems` says why, by field."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(" ".join(problem.words for problem in problems))


class NothingTookPlace(ValueError):
    """The event is a draft, so it has cost nothing."""
