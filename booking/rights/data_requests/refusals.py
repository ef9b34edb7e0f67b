"""Why a request is not taken down, put off or answered."""

from collections.abc import Iterable
from datetime import date

from booking.domain import terms
from booking.domain.problems import Problem


class AskedRefused(ValueError):
    """The request cannot be taken down as it is; `problems` says why, field by field."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.words for problem in self.problems))


class AskedAlready(ValueError):
    """The same person asked for the same, and has not been answered yet."""

    def __init__(self, due_on: date) -> None:
        super().__init__(
            "You have asked for this already, and it has not been answered yet. You will have an "
            f"answer by {terms.day_text(due_on)}."
        )


class RequestEnded(ValueError):
    """Somebody else was quicker."""

    def __init__(self) -> None:
        super().__init__("This has been answered already. Nothing has been changed.")


class CannotTakeLonger(ValueError):
    """A month is over, or it was put off before."""

    def __init__(self, message: str) -> None:
        super().__init__(message)


class WordsMissing(ValueError):
    """A person is told why, so somebody has to say it."""


class GroundMissing(ValueError):
    """A restriction holds for a reason that the law names."""

    def __init__(self) -> None:
        super().__init__("Choose why it is restricted.")


class NothingToLift(ValueError):
    """No restriction is in force."""

    def __init__(self) -> None:
        super().__init__("The restriction has been lifted already, or was never granted.")
