"""What circulars refuse."""

from collections.abc import Iterable

from booking.domain.problems import Problem


class CircularRefused(ValueError):
    """The circular cannot be saved as it is; `problems` says why, field by field."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.words for problem in self.problems))


class AlreadySent(ValueError):
    """It is on its way, so it can no longer be changed or stopped."""


class TooHeavy(ValueError):
    """Its files are more than one mail carries."""


class NoReaders(ValueError):
    """It would reach nobody."""


class TooSoon(ValueError):
    """These families were asked a short time ago."""


class BadTime(ValueError):
    """It cannot be sent at this time."""


class TooManyTemplates(ValueError):
    """A school, or the network, keeps as many templates as it may."""
