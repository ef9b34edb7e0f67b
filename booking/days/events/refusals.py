"""What is wrong with an event as written, field by field, and the refusals that carry it."""

from collections.abc import Sequence

from booking.domain.problems import Problem


class EventRefused(ValueError):
    """The event cannot be saved or published as it is; `problems` says why, field by field."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        assert problems, "a refusal has a reason"
        super().__init__(" ".join(problem.words for problem in problems))
        self.problems = tuple(problems)


class HostNotYours(EventRefused):
    """The person may not write events for this school."""

    def __init__(self) -> None:
        super().__init__([Problem("host_school_id", "Choose a school that you host events for.")])


class NotADraft(ValueError):
    """The event has been published before; it is published once."""


class EventIsOver(ValueError):
    """The event is cancelled or closed: nothing about it changes any more."""


class NotPublished(ValueError):
    """Only a published event can be cancelled, changed for everybody, or closed."""


class NotOverYet(ValueError):
    """An event is closed after its last date."""
