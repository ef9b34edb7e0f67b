"""Why something cannot be done with a resource, in words that say what to do."""

from collections.abc import Iterable

from booking.domain.problems import Problem


class ResourceRefused(ValueError):
    """What was filled in cannot be saved as it is; `problems` says why, field by field."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.words for problem in self.problems))


class NotTheirSchool(ValueError):
    """Somebody speaks for a school at which they have no role."""


class ResourceWithdrawn(ValueError):
    """A resource that was withdrawn can only be put back."""


class ResourceStands(ValueError):
    """A resource that was not withdrawn cannot be put back."""


class OwnResource(ValueError):
    """Whoever wrote a resource does not say how it went; they change it."""


class NoteHidden(ValueError):
    """A note that the lead has hidden cannot be changed, only taken back."""


class ProblemSettled(ValueError):
    """A problem is settled once."""


class ForTheLead(ValueError):
    """What the lead withdrew, only a lead puts back."""
