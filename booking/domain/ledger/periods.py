"""From which day to which a statement speaks, and the period that it is compared with."""

from dataclasses import dataclass
from datetime import date, timedelta

from booking.domain import terms

#: No books are older; whatever is later is a slip of the pen.
EARLIEST, LATEST = date(2000, 9, 1), date(2099, 8, 31)


class DaysOutOfOrder(ValueError):
    """The last day comes before the first, or a day is of another century."""


@dataclass(frozen=True)
class Period:
    """Days from `first_on` to `last_on`, both included."""

    first_on: date
    last_on: date
    words: str
    #: "2026/27" when it is a whole school year, else "".
    year: str = ""

    @property
    def before(self) -> date:
        """Return the day before the first."""
        return self.first_on - timedelta(days=1)

    @property
    def previous(self) -> "Period":
        """Return the period that ends on the day before: a school year, or a part of one."""
        if self.year:
            return self.last_year
        first_on, _ = terms.school_year_bounds(terms.school_year(self.before))
        return Period(first_on, self.before, _between(first_on, self.before))

    @property
    def last_year(self) -> "Period":
        """Return the period to compare with: the school year before, or the same days in it."""
        if self.year:
            label = terms.school_year(self.before)
            return Period(*terms.school_year_bounds(label), f"School year {label}", label)
        first_on, last_on = _year_before(self.first_on), _year_before(self.last_on)
        return Period(first_on, last_on, _between(first_on, last_on))

    @property
    def arguments(self) -> dict[str, str]:
        """Return what an address says of it."""
        if self.year:
            return {"year": self.year}
        return {"from": self.first_on.isoformat(), "to": self.last_on.isoformat()}


def of_year(label: str) -> Period:
    """Return a school year like "2026/27". Raises terms.NotASchoolYear."""
    first_on, last_on = terms.school_year_bounds(label)
    _check(first_on, last_on)
    return Period(first_on, last_on, f"School year {label.strip()}", label.strip())


def of_dates(first_on: date, last_on: date) -> Period:
    """Return a period by its days. Raises DaysOutOfOrder."""
    _check(first_on, last_on)
    return Period(first_on, last_on, _between(first_on, last_on))


def _check(first_on: date, last_on: date) -> None:
    if last_on < first_on:
        raise DaysOutOfOrder("The last day comes before the first. Change one of the two.")
    if first_on < EARLIEST or last_on > LATEST:
        raise DaysOutOfOrder("Choose days of this century.")


def so_far(first_on: date | None, today: date) -> Period:
    """Return the days from the first of the books to the end of this school year."""
    _, last_on = terms.school_year_bounds(terms.school_year(today))
    return of_dates(min(first_on or today, today), last_on)


def years_between(first_on: date | None, today: date) -> list[str]:
    """List the school years from a day until today, newest first."""
    years = [terms.school_year(today)]
    begin = first_on or today
    while terms.school_year_bounds(years[-1])[0] > begin:
        first_day, _ = terms.school_year_bounds(years[-1])
        years.append(terms.school_year(first_day - timedelta(days=1)))
    return years


def _year_before(on: date) -> date:
    """Return the same day a year before; 28 February for 29 February."""
    try:
        return on.replace(year=on.year - 1)
    except ValueError:
        return on.replace(year=on.year - 1, day=28)


def _between(first_on: date, last_on: date) -> str:
    return f"{first_on:%-d %B %Y} to {last_on:%-d %B %Y}"
