"""Why something cannot be done in the directory, in words that say what to do."""

from collections.abc import Iterable

from booking.domain.problems import Problem


class HelpRefused(ValueError):
    """What was filled in cannot be saved as it is; `problems` says why, field by field."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.words for problem in self.problems))


class NotOwnSchool(ValueError):
    """Somebody speaks for a school at which they have no role."""


class AskedBefore(ValueError):
    """The school has asked for the same before, or has too much open."""


class NotListed(ValueError):
    """What is not listed now cannot be asked for."""


class HeadUnknown(ValueError):
    """The school has not said who its head is."""


class NominationDecided(ValueError):
    """This was decided before; the first decision counts."""


class AreaRefused(ValueError):
    """The list of areas cannot be changed like this."""
