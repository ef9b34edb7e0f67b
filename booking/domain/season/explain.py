"""Why a school or a pupil is given what they are: one plain sentence each.

A sentence speaks to a school ("You asked for…") or, given its name, about it ("Maple Primary asked
for…"). The sentence about a pupil is for the pupil's own school, and says nothing about any other.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from booking.domain import english
from booking.domain.season import clashes, wishes


class Reason(StrEnum):
    """Why a pupil is given one of the wishes, or is not."""

    GIVEN = "given"
    #: The pupil has as many events as asked for, none ranked below this one.
    ENOUGH = "enough"
    #: The pupil is given an event that overlaps this one and is ranked no lower.
    OVERLAP = "overlap"
    #: The school already has as many places there as one school may have.
    CAP = "cap"
    #: Every place there went to an earlier turn.
    FULL = "full"


class NotThePlan(AssertionError):
    """The plan does not belong to the season: a wish that could have been granted was not."""


class PlanExplained:
    """A season and its plan, ready to be asked why."""

    def __init__(
        self, season: wishes.Season, plan: wishes.Plan, titles: Mapping[str, str] | None = None
    ) -> None:
        """Read a plan; `titles` gives sentences an event's title in place of its short name."""
        self._season, self._plan = season, plan
        self._titles = titles or {}
        self._clashing = clashes.clashes(season.events)
        self._held = plan.held(season)
        self._totals = plan.totals(season)
        self._pupils_of: dict[str, list[wishes.SeasonPupil]] = {s.slug: [] for s in season.schools}
        for pupil in season.pupils:
            self._pupils_of[pupil.school].append(pupil)

    def reason(self, pupil: str, event: str) -> Reason:
        """Return why the pupil is given this wish, or is not."""
        wisher, given = self._season.pupil_of[pupil], self._given(pupil)
        if event in given:
            return Reason.GIVEN
        preferred = {other for other in given if wisher.rank(other) <= wisher.rank(event)}
        if len(preferred) == wisher.at_most:
            return Reason.ENOUGH
        if preferred & self._clashing[event]:
            return Reason.OVERLAP
        wished = self._season.event_of[event]
        if wished.at_most is not None and self._has(wisher.school, event) >= wished.at_most:
            return Reason.CAP
        if self._plan.taken.get(event, 0) >= wished.places:
            return Reason.FULL
        raise NotThePlan(f"{pupil} could be given {event} but is not.")

    def school(self, school: str, *, name: str | None = None) -> str:
        """Return what the school asked for, what it is given and what stopped it getting more."""
        pupils = self._pupils_of[school]
        wanted = sum(clashes.most_events(pupil, self._clashing) for pupil in pupils)
        return sentence(
            wanted, len(pupils), self._totals[school], self.kept_from_more(school), name=name
        )

    def kept_from_more(self, school: str) -> frozenset[Reason]:
        """Return what stopped the school's pupils getting more events: FULL, CAP, both or none."""
        return frozenset(
            self.reason(pupil.reference, event)
            for pupil in self._pupils_of[school]
            if self.is_short(pupil)
            for event in pupil.wishes
            if not self._given(pupil.reference) & self._clashing[event]
        ) - {Reason.GIVEN}

    def pupil(self, pupil: str) -> str:
        """Return which of the wishes the pupil is given, and why not those ranked above it."""
        wisher = self._season.pupil_of[pupil]
        by_reason: dict[Reason, list[str]] = {}
        for event in wisher.wishes:
            named = f"{self._titles.get(event, event)}{_choice(wisher, event)}"
            by_reason.setdefault(self.reason(pupil, event), []).append(named)
        given = by_reason.get(Reason.GIVEN, [])
        parts = [f"The plan gives {english.listed(given)}" if given else "The plan gives no place"]
        if full := by_reason.get(Reason.FULL):
            when = " when your turn came" if self.is_short(wisher) else ""
            parts.append(f"{english.listed(full)} {_were(full)} full{when}")
        if capped := by_reason.get(Reason.CAP):
            parts.append(
                "your school already has as many places as one school may have at "
                f"{english.listed(capped)}"
            )
        if overlapping := by_reason.get(Reason.OVERLAP):
            were = f"{english.listed(overlapping)} {_were(overlapping)}"
            parts.append(f"{were} at the same time as one of these")
        return "; ".join(parts) + "."

    def is_short(self, pupil: wishes.SeasonPupil) -> bool:
        """Return whether the pupil could go to more events if there were places."""
        most = clashes.most_events(pupil, self._clashing)
        return len(self._given(pupil.reference)) < most

    def _given(self, pupil: str) -> frozenset[str]:
        return self._plan.events_of.get(pupil, frozenset())

    def _has(self, school: str, event: str) -> int:
        return self._held.get((school, event), 0)


def sentence(
    wanted: int, pupils: int, count: int, reasons: Collection[Reason], *, name: str | None = None
) -> str:
    """Return what a school asked for, what it is given and what stopped it getting more."""
    who, its = ("You", "your") if name is None else (name, "its")
    if wanted == 0:
        return f"{who} asked for no places."
    asked = (
        f"{who} asked for {english.plural(wanted, 'place')} for {english.plural(pupils, 'pupil')} "
        f"and the plan gives {_counted_given(count, wanted)}"
    )
    return f"{asked}." if count == wanted else f"{asked}; {_kept_by(reasons, its)}."


def _kept_by(reasons: Collection[Reason], its: str) -> str:
    left = f"the events that {its} pupils could still go to"
    if Reason.CAP not in reasons:
        return f"{left} were full when {its} turn came"
    if Reason.FULL not in reasons:
        return f"{left} had reached the limit for one school"
    return f"{left} were full when {its} turn came, or had reached the limit for one school"


def _choice(wisher: wishes.SeasonPupil, event: str) -> str:
    rank = wisher.rank(event)
    if wisher.ranked is None:
        return f" (choice {rank})"
    if rank > wisher.ranked:
        return ""
    return {1: " (first choice)"}.get(rank, f" (choice {rank})")


def _counted_given(count: int, wanted: int) -> str:
    if count == 0:
        return "none"
    if count < wanted:
        return f"{count:,}"
    return {1: "it", 2: "both"}.get(count, f"all {count:,}")


def _were(names: Sequence[str]) -> str:
    return english.agree(len(names), "was", "were")
