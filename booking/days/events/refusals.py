"""What is wrong with an event as written, field by field, and the refusals that carry it."""

from collections.abc import Sequence

from booking.days.events.details import DateCheck
from booking.domain import english
from booking.domain.problems import Problem


class EventRefused(ValueError):
    """The event cannot be saved or published like this; `problems` says why, field by field."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        assert problems, "a refusal has a reason"
        super().__init__(" ".join(problem.words for problem in problems))
        self.problems = tuple(problems)


class HostNotYours(EventRefused):
    """The person may not write events for this school."""

    def __init__(self) -> None:
        super().__init__([Problem("host_school_id", "Choose a school that you host events for.")])


class ThemeRefused(ValueError):
    """A theme cannot be kept in the list like this."""


class NotADraft(ValueError):
    """The event has already been published, which happens once."""


class NotToPublish(ValueError):
    """Somebody else publishes the event; the message says who."""


class EventIsOver(ValueError):
    """The event is cancelled or closed, so nothing about it can change any more."""


class NotPublished(ValueError):
    """Only a published event can be cancelled, changed for everybody, or closed."""


class OverAlready(ValueError):
    """An event whose last date is over has taken place; it can no longer be cancelled."""


class NotOverYet(ValueError):
    """An event can be closed only after its last date."""


class DatesNotSeen(ValueError):
    """Something speaks against the dates that nobody has ticked; nobody was told anything.

    `found` is what speaks against them.
    """

    def __init__(self, found: DateCheck, number: int) -> None:
        self.found = found
        one = "Something speaks against these dates. Tick it if they are meant so, or change them."
        many = (
            f"{english.plural(number, 'thing speaks', 'things speak')} against these dates. Tick "
            "each one if the dates are meant so, or change them."
        )
        super().__init__(one if number == 1 else many)
