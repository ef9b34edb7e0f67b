"""Why something cannot be done with a group, in words that say what to do."""

from collections.abc import Iterable

from booking.domain.problems import Problem


class GroupNotKept(ValueError):
    """What was filled in cannot be kept as it is; `problems` says why, field by field."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.words for problem in self.problems))


class GroupEnded(ValueError):
    """A group that has ended can only be begun again."""


class OnRequest(ValueError):
    """Into this group one comes by asking."""


class InIt(ValueError):
    """Somebody is in the group already, or has asked."""


class NotInIt(ValueError):
    """Somebody is not in the group (any more)."""


class NobodyAtAddress(ValueError):
    """Nobody with this address sees network life."""


class AskOver(ValueError):
    """It was answered already."""
