"""A plan in numbers: what each school wished for and is given, event by event and in total."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from booking.domain.season import clashes, explain, wishes


@dataclass(frozen=True)
class SeasonOutcome:
    """A season and its plan, counted."""

    season: wishes.Season
    plan: wishes.Plan

    @cached_property
    def wished(self) -> Mapping[tuple[str, str], int]:
        """How many pupils of a school wish for an event, by (school, event)."""
        return Counter(
            (pupil.school, event) for pupil in self.season.pupils for event in pupil.wishes
        )

    @cached_property
    def held(self) -> Mapping[tuple[str, str], int]:
        """How many places a school is given at an event, by (school, event)."""
        return self.plan.held(self.season)

    @cached_property
    def still_wanted(self) -> Mapping[tuple[str, str], int]:
        """How many pupils of a school could go to one more event, and would take this full one."""
        why = explain.PlanExplained(self.season, self.plan)
        return Counter(
            (pupil.school, event)
            for pupil in self.season.pupils
            if why.is_short(pupil)
            for event in pupil.wishes
            if why.reason(pupil.reference, event) is explain.Reason.FULL
        )

    @cached_property
    def totals(self) -> Mapping[str, int]:
        """How many places each school is given over the season."""
        return self.plan.totals(self.season)

    @cached_property
    def wanted(self) -> Mapping[str, int]:
        """How many places each school could use if every place were free."""
        clashing = clashes.clashes(self.season.events)
        found = Counter({school.slug: 0 for school in self.season.schools})
        for pupil in self.season.pupils:
            found[pupil.school] += clashes.most_events(pupil, clashing)
        return found

    @property
    def places(self) -> int:
        """How many places there are in total."""
        return sum(event.places for event in self.season.events)

    @property
    def pupils_served(self) -> int:
        """How many pupils are given at least one event."""
        return len(self.plan.events_of)

    @property
    def first_choices(self) -> int:
        """How many pupils have a first choice."""
        return sum(_has_first(pupil) for pupil in self.season.pupils)

    @property
    def first_choices_met(self) -> int:
        """How many of them are given it."""
        return sum(
            _has_first(pupil)
            and pupil.wishes[0] in self.plan.events_of.get(pupil.reference, frozenset())
            for pupil in self.season.pupils
        )


def _has_first(pupil: wishes.SeasonPupil) -> bool:
    """Return whether one wish comes before all others; a single wish always does."""
    return len(pupil.wishes) == 1 or pupil.ranked is None or pupil.ranked >= 1
