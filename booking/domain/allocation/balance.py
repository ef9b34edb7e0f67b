"""A season's balance: what each school received, against an equal share of what went out."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from booking.domain import year_groups
from booking.domain.year_groups import YearRange


class Member(NamedTuple):
    """What decides which events a school has a share in: its years, and when it left."""

    years: YearRange
    left_on: date | None = None

    def shares_in(self, day: "Day") -> bool:
        """Return whether the school has any year of an event, and was in the network then."""
        is_in = self.left_on is None or day.on < self.left_on
        return is_in and year_groups.overlap(self.years, day.years) is not None


@dataclass(frozen=True)
class Day:
    """An event whose places went out: its years, its first date, and who received how many."""

    years: YearRange
    on: date
    received: Mapping[int, int]

    @property
    def given(self) -> int:
        """How many places went out."""
        return sum(self.received.values())


class Dealt(NamedTuple):
    """The places of one event dealt out evenly: to which schools, and how much to each."""

    each: Fraction
    #: Kinds of school that have some of the years, and schools that received places with none of
    #: them.
    kinds: frozenset[Member]
    others: frozenset[int]


def deal(members: Mapping[int, Member], days: Sequence[Day]) -> list[Dealt]:
    """Return, for each event, its places dealt out evenly among the schools of its years.

    A school that received places without having any of the years (they may have changed since) has
    a share like the others. The work grows with events times kinds of school, not with events times
    schools.
    """
    counts = Counter(members.values())
    dealt = []
    for day in days:
        kinds = frozenset(kind for kind in counts if kind.shares_in(day))
        others = frozenset(id_ for id_ in day.received if members[id_] not in kinds)
        sharing = sum(counts[kind] for kind in kinds) + len(others)
        dealt.append(Dealt(Fraction(day.given, max(1, sharing)), kinds, others))
    return dealt


def shares_of(members: Mapping[int, Member], dealt: Sequence[Dealt], id_: int) -> list[Fraction]:
    """Return the share of one school in each event; nothing where it has none."""
    kind = members[id_]
    return [one.each if kind in one.kinds or id_ in one.others else Fraction(0) for one in dealt]


def equal_shares(members: Mapping[int, Member], days: Sequence[Day]) -> dict[int, Fraction]:
    """Return each school's total if the places of every event were dealt out evenly."""
    by_kind: dict[Member, Fraction] = defaultdict(Fraction)
    besides: dict[int, Fraction] = defaultdict(Fraction)
    for one in deal(members, days):
        for kind in one.kinds:
            by_kind[kind] += one.each
        for id_ in one.others:
            besides[id_] += one.each
    return {id_: by_kind[kind] + besides[id_] for id_, kind in members.items()}


def tenths(amount: Fraction) -> str:
    """Return an amount to the nearest tenth, a half away from zero: "2.5", "0.3", "4"."""
    size = abs(amount)
    whole, tenth = divmod((20 * size.numerator + size.denominator) // (2 * size.denominator), 10)
    said = f"{whole:,}.{tenth}" if tenth else f"{whole:,}"
    return f"−{said}" if amount < 0 and said != "0" else said
