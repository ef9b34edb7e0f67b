"""Why something cannot be done with a question, in words that say what to do."""

from collections.abc import Iterable

from booking.domain.problems import Problem


class QuestionNotTaken(ValueError):
    """What was filled in cannot be kept as it is; `problems` says why, field by field."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.words for problem in self.problems))


class QuestionClosed(ValueError):
    """A question that is closed, or hidden, is not answered."""


class QuestionHasAnswers(ValueError):
    """What others have answered is not deleted by whoever asked."""


class HiddenAlready(ValueError):
    """What is hidden is not hidden again."""


class ToldAlready(ValueError):
    """The lead looks at one problem of a question after another."""


class NothingTold(ValueError):
    """Nobody has told the lead of a problem, or it is settled."""


class AskedWithName(ValueError):
    """Everybody sees who asked, so there is nothing to look for."""
