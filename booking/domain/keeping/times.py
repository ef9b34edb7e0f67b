"""How long something is kept: from which instant it is counted, and when its time is over."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from booking.domain import terms
from booking.domain.english import agree, plural

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven")
#: What ends at midnight belongs to the day that begins then.
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class KeepingTime:
    """So many days, years or whole school years after something.

    Years are those of the calendar: what ended on 29 February is kept until 1 March. School years
    are counted from the end, on 31 August, of the one in which it ended.
    """

    #: After what, in words: "the event".
    after: str
    days: int = 0
    years: int = 0
    school_years: int = 0

    @property
    def words(self) -> str:
        """How long, as a sentence goes on: "14 days after the event"."""
        if self.school_years:
            return f"{_years(self.school_years)} after the school year of {self.after}"
        if self.years:
            return f"{_years(self.years)} after {self.after}"
        return f"{plural(self.days, 'day')} after {self.after}" if self.days else self.after

    def over(self, now: datetime) -> datetime:
        """Return the latest instant whose time is over: what ended then or before has to go."""
        if self.school_years:
            begins = datetime.combine(self.first_kept(now), time(), terms.LONDON)
            return begins.astimezone(UTC) - _INSTANT
        return _years_before(now, self.years) - timedelta(days=self.days)

    def first_kept(self, now: datetime) -> date:
        """Return the first day, in London, of the oldest school year that is still kept."""
        first_on, _ = terms.school_year_bounds(terms.school_year(terms.london(now).date()))
        return first_on.replace(year=first_on.year - self.school_years)


def _years(number: int) -> str:
    return f"{_NUMBERS[number]} {agree(number, 'year', 'years')}"


def _years_before(now: datetime, years: int) -> datetime:
    try:
        return now.replace(year=now.year - years)
    except ValueError:  # 29 February, and that year had none
        return now.replace(year=now.year - years, day=28)
