"""What schools claim, how a round shares places, and what came of it: the types."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

#: The version of the rules in this package; a published record names it. It changes whenever the
#: same inputs could lead to another result.
RULE_VERSION = "fixed-path-1"

#: No number in a claim or a round may be greater; it keeps the packed keys of `path` exact.
MOST_PLACES = 10_000_000
#: No weight (the roll of a school's eligible years) may be greater.
MOST_WEIGHT = 1_000_000
#: No arrival number may be greater.
MOST_ARRIVALS = 2**40


class ClaimRefused(ValueError):
    """A claim or a round says something that cannot be followed."""


class NotAWholeNumber(ClaimRefused):
    """A number of places, pupils or requests is not a whole number."""


class NumberTooSmall(ClaimRefused):
    """A number is below the least that makes sense."""


class NumberTooLarge(ClaimRefused):
    """A number is beyond anything that a network of schools could mean."""


class NothingWanted(ClaimRefused):
    """A claim asks for no places."""


class GuaranteeAboveCap(ClaimRefused):
    """A school is guaranteed more places than it may have."""


class InTimeWithoutLate(ClaimRefused):
    """A claim counts the places asked for on time although all of it was on time."""


class NameRefused(ClaimRefused):
    """A school, an event or a seed is empty or holds characters that nobody could read aloud."""


class SchoolTwice(ClaimRefused):
    """One school has two claims in one round."""


class ArrivalMissing(ClaimRefused):
    """First come, first served needs to know when each request arrived."""


class NoSuchClaim(ClaimRefused):
    """A school has no claim in this round."""


class Basis(StrEnum):
    """What a school's turn depends on, once every guarantee has been met."""

    EQUAL_SHARES = "equal_shares"
    BY_ROLL = "by_roll"
    SEASON = "season"
    FIRST_COME = "first_come"


def whole(number: object, what: str, *, least: int = 0, most: int = MOST_PLACES) -> int:
    """Return `number` if it is a whole number within bounds; `what` opens the message."""
    if type(number) is not int:
        raise NotAWholeNumber(f"{what} must be a whole number.")
    if number < least:
        raise NumberTooSmall(f"{what} must be {least} or more.")
    if number > most:
        raise NumberTooLarge(f"{what} must be {most:,} or fewer.")
    return number


def legible(name: object, what: str) -> str:
    """Return `name` if it is one line of printable characters; `what` opens the message."""
    if not isinstance(name, str) or not name or not name.isprintable() or name != name.strip():
        raise NameRefused(f"{what} must be one line of readable characters.")
    return name


@dataclass(frozen=True)
class Claim:
    """One school's request in one round, with the facts that its turns depend on."""

    #: The school's slug: one identity for each school, however it is registered.
    school: str
    wanted: int
    #: The roll in the eligible years (by roll and season only).
    weight: int = 1
    #: Places guaranteed if asked for on time; a set quota is `at_least == at_most`.
    at_least: int = 0
    #: The most that the school may have; None means no cap.
    at_most: int | None = None
    #: Places received this school year at other events, as it stood when the round ran.
    received: int = 0
    #: Asked for after the deadline: comes after every request made on time.
    late: bool = False
    #: For a late claim, how many places had been asked for on time.
    in_time: int = 0
    #: The number of the request in order of arrival (first come only). Raising a request counts as
    #: arriving again; otherwise a school could hold its turn open.
    arrived: int | None = None

    def __post_init__(self) -> None:
        legible(self.school, "The short name of a school")
        self._check_numbers()
        if self.at_most is not None and self.at_least > self.at_most:
            raise GuaranteeAboveCap(
                f"{self.school} cannot be guaranteed {self.at_least} places "
                f"when it may have at most {self.at_most}."
            )
        if self.in_time and not self.late:
            raise InTimeWithoutLate(
                "Only a late request says how many places were asked for on time."
            )

    def _check_numbers(self) -> None:
        if whole(self.wanted, "The number of places wanted") < 1:
            raise NothingWanted("Ask for at least 1 place, or withdraw the request.")
        whole(self.weight, "The number of pupils", least=1, most=MOST_WEIGHT)
        whole(self.at_least, "The number of places guaranteed")
        whole(self.received, "The number of places received this year")
        whole(self.in_time, "The number of places asked for on time")
        if self.at_most is not None:
            whole(self.at_most, "The most places that a school may have")
        if self.arrived is not None:
            whole(self.arrived, "The arrival number", most=MOST_ARRIVALS)

    @property
    def limit(self) -> int:
        """The most places that this claim could lead to."""
        return self.wanted if self.at_most is None else min(self.wanted, self.at_most)

    @property
    def punctual(self) -> int:
        """How many places, from the first, were asked for on time (no limit if not late)."""
        return self.in_time if self.late else MOST_PLACES

    @property
    def guaranteed(self) -> int:
        """How many of the places asked for are guaranteed."""
        return min(self.at_least, self.limit, self.punctual)


@dataclass(frozen=True)
class RoundRule:
    """The rule that a round followed, as it is published."""

    basis: Basis
    version: str = RULE_VERSION


@dataclass(frozen=True)
class RoundFacts:
    """Everything that decides who gets the places of one event."""

    event: str
    places: int
    basis: Basis
    claims: tuple[Claim, ...]
    #: The lottery's seed, whose commitment was published before requests were read.
    seed: str
    #: How many more places the host kept for its own school beforehand: stated, not shared.
    host_places: int = 0

    def __post_init__(self) -> None:
        legible(self.event, "The short name of an event")
        legible(self.seed, "The seed of the lottery")
        whole(self.places, "The number of places")
        whole(self.host_places, "The number of the host's own places")
        seen: set[str] = set()
        for claim in self.claims:
            if claim.school in seen:
                raise SchoolTwice(f"{claim.school} has two requests; a school has one.")
            seen.add(claim.school)
            if self.basis is Basis.FIRST_COME and claim.arrived is None:
                raise ArrivalMissing(f"The request of {claim.school} has no arrival number.")

    @property
    def rule(self) -> RoundRule:
        """The rule to publish with the result."""
        return RoundRule(self.basis)

    @cached_property
    def schools(self) -> tuple[str, ...]:
        """The schools with a claim, in alphabetical order."""
        return tuple(sorted(claim.school for claim in self.claims))

    @cached_property
    def _by_school(self) -> Mapping[str, Claim]:
        return {claim.school: claim for claim in self.claims}

    def claim_of(self, school: str) -> Claim:
        """Return the claim of `school`."""
        try:
            return self._by_school[school]
        except KeyError:
            raise NoSuchClaim(f"{school} has no request in this round.") from None


@dataclass(frozen=True)
class Unit:
    """One place given: its position in the order, its school, and which of that school's it is."""

    position: int
    school: str
    nth: int


@dataclass(frozen=True)
class Allotment:
    """What came of a round: one school served for each place given, in order."""

    schools: tuple[str, ...]
    served: tuple[str, ...]

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """The number of places of every school with a claim, zeros included."""
        counts = dict.fromkeys(self.schools, 0)
        for school in self.served:
            counts[school] = counts.get(school, 0) + 1
        return MappingProxyType(counts)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The places given, in order: position from 1, school, and the school's nth place."""
        counts = dict.fromkeys(self.served, 0)
        units = []
        for position, school in enumerate(self.served, start=1):
            counts[school] += 1
            units.append(Unit(position, school, counts[school]))
        return tuple(units)
