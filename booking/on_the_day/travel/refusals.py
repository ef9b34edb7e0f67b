"""Why a service refuses."""

from collections.abc import Iterable

from booking.domain import english
from booking.domain.problems import Problem


class TravelRefused(ValueError):
    """What was said about the way to an event cannot be saved; `problems` says why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.words for problem in self.problems))


class NobodyTravels(ValueError):
    """The school has no places at this event, or the event is over or cancelled."""

    def __init__(self) -> None:
        super().__init__("Nobody from your school comes to this event now.")


class SeatsRefused(ValueError):
    """A wish for seats cannot be made or answered like this."""


class NotEnoughSeats(SeatsRefused):
    """There are fewer free seats than that."""

    field = "wanted"

    def __init__(self, left: int) -> None:
        said = f"Only {english.plural(left, 'seat')} left." if left else "No seats are left."
        super().__init__(said)


class SeatsAsked(SeatsRefused):
    """The school has asked this one already, and that still counts."""

    def __init__(self) -> None:
        super().__init__("Your school has asked already. Give those seats back first.")


class SeatsDecided(SeatsRefused):
    """Somebody has answered or withdrawn it meanwhile."""

    def __init__(self) -> None:
        super().__init__("Somebody has changed this meanwhile. Please look again.")
