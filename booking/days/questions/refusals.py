"""Why a question is not asked, or an answer not taken."""

from collections.abc import Iterable, Sequence

from booking.domain import english, not_to_ask
from booking.domain.asking import QUESTIONS_MAX
from booking.domain.not_to_ask import Sensitive
from booking.domain.problems import Problem


class QuestionRefused(ValueError):
    """A question cannot be asked as it is; `problems` says why, field by field."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.words for problem in self.problems))


class NotCleared(ValueError):
    """The words of a question point to what is not to be asked; nobody has said otherwise."""

    field = "cleared"

    def __init__(self, topics: Sequence[Sensitive]) -> None:
        self.topics = tuple(topics)
        super().__init__(
            f"{' '.join(not_to_ask.WORDS[topic] for topic in topics)} If this question is about "
            "something else, tick the box."
        )


class EnoughAsked(ValueError):
    """An event has as many questions as it may have."""

    def __init__(self) -> None:
        super().__init__(
            f"There are {QUESTIONS_MAX} questions already, which is the most. Withdraw one first."
        )


class AnsweredAlready(ValueError):
    """Somebody has answered, so other words would change what they said."""

    def __init__(self, count: int) -> None:
        told = english.plural(count, "answer")
        super().__init__(
            f"There {english.agree(count, 'is', 'are')} {told} to this question already, so its "
            "words stay. Withdraw it, and ask another one."
        )


class NothingMoreToAsk(ValueError):
    """The event is over or cancelled."""

    def __init__(self, title: str) -> None:
        super().__init__(f"{title} is over or cancelled, so nothing more is asked about it.")


class QuestionWithdrawn(ValueError):
    """The question was taken back."""

    def __init__(self) -> None:
        super().__init__("This question was withdrawn, and its answers were deleted.")


class QuestionUnanswered(ValueError):
    """A question has to be answered before the place is taken."""

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__(f"Please answer what the host needs to know: {english.listed(labels)}.")


class AnswerRefused(ValueError):
    """An answer is not one that its question takes."""

    def __init__(self, label: str, words: str) -> None:
        super().__init__(f"{label}: {words}")
