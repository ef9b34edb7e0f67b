"""Roster figures: how many have an alert, and what the kitchen cooks; never a name."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from booking.domain import english
from booking.domain.needs import DIET_WORDS, Diet
from booking.on_the_day.rosters.pages.rows import RosterRow

#: What a family wrote about it may name the child, so the kitchen's list does not have it.
SOMETHING_ELSE = "Something else: the roster says what"
NOTHING_SPECIAL = "Nothing special"


@dataclass(frozen=True)
class Kitchen:
    """How many pupils eat what, as lines of words and number."""

    #: Each food code; somebody with two of them counts under both.
    codes: Sequence[tuple[str, int]]
    #: Each pupil once, with everything that their meal has to be.
    meals: Sequence[tuple[str, int]]
    pupils: int


@dataclass(frozen=True)
class Totals:
    """How many are expected, and of what is open how many have some; None while it is closed."""

    pupils: int
    alerts: int | None
    kitchen: Kitchen | None
    diets: int | None
    access: int | None

    @property
    def words(self) -> str:
        """What stands on top: "3 alerts, 8 diets, 2 with access needs"; "" while all is closed."""
        said = [
            None if self.alerts is None else english.plural(self.alerts, "alert"),
            None if self.diets is None else english.plural(self.diets, "diet"),
            None if self.access is None else f"{self.access} with access needs",
        ]
        return ", ".join(filter(None, said))


def totals(rows: Sequence[RosterRow], *, health: bool, needs: bool) -> Totals:
    """Return the figures; `health` and `needs` say whether these parts are open to the reader."""
    return Totals(
        pupils=len(rows),
        alerts=sum(bool(row.health) for row in rows) if health else None,
        kitchen=_kitchen(rows) if needs else None,
        diets=sum(bool(row.diets) for row in rows) if needs else None,
        access=sum(bool(row.access) for row in rows) if needs else None,
    )


def _kitchen(rows: Sequence[RosterRow]) -> Kitchen:
    codes = Counter(code for row in rows for code in row.diets)
    meals = Counter(_meal(row.diets) for row in rows)
    plain = meals.pop("", 0)
    most_first = sorted(meals.items(), key=lambda meal: (-meal[1], meal[0]))
    return Kitchen(
        codes=[(_called(code), codes[code]) for code in Diet if codes[code]],
        meals=[*most_first, *([(NOTHING_SPECIAL, plain)] if plain else [])],
        pupils=len(rows),
    )


def _meal(codes: Iterable[Diet]) -> str:
    wanted = set(codes)
    return ", ".join(_called(code) for code in Diet if code in wanted)


def _called(code: Diet) -> str:
    return SOMETHING_ELSE if code is Diet.OTHER else DIET_WORDS[code]
