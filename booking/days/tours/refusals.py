"""Why something about a tour is refused."""

from collections.abc import Iterable

from booking.domain.problems import Problem


class TourRefused(ValueError):
    """A tour, a kit or a wish for a stop cannot be saved like this; `problems` says why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.words for problem in self.problems))


class TourNotOpen(ValueError):
    """Schools can ask for a stop only while the tour is open."""


class StopsToCome(ValueError):
    """A tour with stops to come cannot end."""


class StopNotOpen(ValueError):
    """Somebody has already answered, withdrawn or cancelled the stop."""


class TimeTaken(ValueError):
    """The leaders or the kit are elsewhere then, or could not get there in time."""


class LeaderNotAgreed(ValueError):
    """The leading school has not said that it agrees and that parents have been told."""


class NothingLedYet(ValueError):
    """A certificate is for stops that have taken place."""


class KitRefused(ValueError):
    """The kit is somewhere else, or is not needed there."""
