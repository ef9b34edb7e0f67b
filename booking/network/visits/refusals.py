"""Why something about a visit cannot be done, in words that say what to do."""

from collections.abc import Iterable

from booking.domain.problems import Problem


class VisitRefused(ValueError):
    """What was filled in cannot be saved as it is; `problems` says why, field by field."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.words for problem in self.problems))


class NotHostSchool(ValueError):
    """Somebody opens a visit at a school at which they have no role."""


class NotForYou(ValueError):
    """This visit is not for this colleague."""


class AskedToCome(ValueError):
    """The colleague has asked already."""


class VisitFull(ValueError):
    """Every place has been given."""


class VisitOver(ValueError):
    """The visit is over, or cancelled."""


class NoteTooEarly(ValueError):
    """Only whoever came writes a note, and not before the end."""
