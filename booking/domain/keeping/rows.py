"""What a row of the table of what is kept says."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from booking.domain.keeping.times import KeepingTime


class Whose(StrEnum):
    """Whom something is about; the privacy page has a heading for each."""

    FAMILIES = "Pupils and families"
    ADULTS = "Adults who come along, lead or help"
    STAFF = "People who work with the site"
    MONEY = "Money"
    NETWORK = "Records of the network"


class LawfulBasis(StrEnum):
    """Why it may be kept: an article of the UK GDPR."""

    TASK = "public task: Article 6(1)(e)"
    #: With the condition for health in the Data Protection Act 2018, Schedule 1, paragraph 18.
    HEALTH = "public task: Article 6(1)(e); health, to keep children safe: Article 9(2)(g)"
    CLAIMS = "public task: Article 6(1)(e); legal claims: Article 9(2)(f)"
    LAW = "the law requires it: Article 6(1)(c)"
    INTERESTS = "legitimate interests: Article 6(1)(f)"


@dataclass(frozen=True)
class KeptRow:
    """One kind of data: what it is, why and how long it is kept, and what remains."""

    whose: Whose
    what: str
    purpose: str
    basis: LawfulBasis
    #: None: for as long as the network exists.
    time: KeepingTime | None
    #: Where it is: "pupils: forename surname; parents: name".
    where: str
    #: Where something else holds for some of it.
    otherwise: KeepingTime | None = None
    #: What keeps it longer: "an incident of the pupil is open".
    unless: str = ""
    remains: str = ""

    @property
    def columns(self) -> frozenset[str]:
        """Where it is, as "table.column"."""
        return columns(self.where)

    @property
    def how_long(self) -> str:
        """How long it is kept, as a sentence goes on."""
        if self.time is None:
            return "for as long as the network exists"
        words = self.time.words
        if self.otherwise:
            words += f"; {self.otherwise.words}"
        return f"{words}, unless {self.unless}" if self.unless else words

    @property
    def days(self) -> timedelta:
        """How many days it is kept, where days are counted."""
        return timedelta(days=self.time.days if self.time else 0)

    def over(self, now: datetime) -> datetime:
        """Return the latest instant whose time is over."""
        assert self.time is not None, f"{self.what}: kept for as long as the network exists"
        return self.time.over(now)

    def otherwise_over(self, now: datetime) -> datetime:
        """Return the same for what the other time holds for."""
        assert self.otherwise is not None, f"{self.what}: there is one time"
        return self.otherwise.over(now)

    def first_kept(self, now: datetime) -> date:
        """Return the first day of the oldest school year that is kept."""
        assert self.time is not None, f"{self.what}: kept for as long as the network exists"
        return self.time.first_kept(now)


def columns(where: str) -> frozenset[str]:
    """Return "table: one two; other: three" as "table.one", "table.two" and "other.three"."""
    tables = (each.split(":") for each in where.split(";"))
    return frozenset(f"{table.strip()}.{name}" for table, names in tables for name in names.split())
