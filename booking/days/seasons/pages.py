"""What the pages of season plans show, ready for the templates."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.days.places.queries import bookings
from booking.days.seasons import queries
from booking.days.seasons.models import PlanRecord, SeasonPlan
from booking.domain import year_groups
from booking.domain.booking_states import BookingState
from booking.domain.season import explain, nexts, outcome, record
from booking.people.pupils import details as pupil_details
from booking.people.pupils import queries as pupil_queries
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School

Row = tuple[object, ...]


def sums_by_event(shares: Iterable[Mapping[str, Any]], what: str) -> Counter[str]:
    """Return what all schools together have of a number in a plan's shares, by event."""
    found: Counter[str] = Counter()
    for share in shares:
        found[share["event"]] += share[what]
    return found


class PublishedPlan:
    """An accepted plan as everybody may read it: numbers by school and event, no pupils."""

    def __init__(self, plan: SeasonPlan, row: PlanRecord) -> None:
        self.plan, self.row = plan, row
        self.content: dict[str, Any] = json.loads(row.published)

    @cached_property
    def schools(self) -> dict[str, dict[str, Any]]:
        """The slugs of the schools that took part, in order of name."""
        found = {school["slug"]: school for school in self.content["schools"]}
        return dict(sorted(found.items(), key=lambda item: (self.names[item[0]], item[0])))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What each school is called."""
        slugs = [school["slug"] for school in self.content["schools"]]
        return queries.school_names(slugs)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What each event is called."""
        return queries.event_titles([event["slug"] for event in self.content["events"]])

    def sentence(self, slug: str, *, to_itself: bool = False) -> str:
        """Return what a school asked for and has, and why; addressed to it, or about it."""
        found = self.schools[slug]
        reasons = {explain.Reason(reason) for reason in found["kept_by"]}
        name = None if to_itself else self.names[slug]
        return explain.sentence(
            found["wanted"], found["pupils"], found["given"], reasons, name=name
        )

    def change(self, slug: str) -> str:
        """Return what would have changed it, addressed to the school."""
        found = self.schools[slug]
        if found["given"] == found["wanted"]:
            return "You have all the places that your pupils could use."
        return nexts.change(dict.fromkeys(found["next_at"], slug), slug, self.titles)

    @property
    def given(self) -> int:
        """How many places went out in total."""
        return sum(int(school["given"]) for school in self.content["schools"])

    @property
    def places(self) -> int:
        """How many places there were in total."""
        return sum(int(event["places"]) for event in self.content["events"])

    def school_rows(self) -> list[Row]:
        """Return each school with what it had, could use, was given and why."""
        return [
            (
                self.names[slug],
                found["received"],
                found["wanted"],
                found["given"],
                found["received"] + found["given"],
                self.sentence(slug),
            )
            for slug, found in self.schools.items()
        ]

    def event_rows(self) -> list[Row]:
        """Return each event with its places, the pupils who wished to come and those who can."""
        shares = self.content["shares"]
        wished, given = sums_by_event(shares, "wished"), sums_by_event(shares, "given")
        return [
            (
                self.titles[e["slug"]],
                e["slug"],
                e["places"],
                wished[e["slug"]],
                given[e["slug"]],
            )
            for e in self.content["events"]
        ]

    def rows_of(self, event: str) -> list[Row]:
        """Return what each school wished for and was given at one event, and in the whole plan."""
        rows = [
            (
                self.names[s["school"]],
                s["wished"],
                s["given"],
                self.schools[s["school"]]["given"],
                self.schools[s["school"]]["wanted"],
            )
            for s in self.content["shares"]
            if s["event"] == event
        ]
        return sorted(rows, key=lambda row: str(row[0]))

    def totals_of(self, event: str) -> tuple[int, int, int]:
        """Return the places, wishes and places given at one event."""
        places_there = next(e["places"] for e in self.content["events"] if e["slug"] == event)
        rows = self.rows_of(event)
        return places_there, sum(int(str(r[1])) for r in rows), sum(int(str(r[2])) for r in rows)


class Proposed:
    """A plan worked out, for the lead: numbers and sentences, no names."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.season, self.plan = record.read(dict(content))
        self.outcome = outcome.SeasonOutcome(self.season, self.plan)
        self.names = queries.school_names(list(self.season.school_of))
        self.titles = queries.event_titles(list(self.season.event_of))
        self._why = explain.PlanExplained(self.season, self.plan, self.titles)
        self._nexts = nexts.next_schools(self.season, self.plan)

    @cached_property
    def slugs(self) -> list[str]:
        """The schools in order of name."""
        return sorted(self.season.school_of, key=lambda slug: (self.names[slug], slug))

    def school_rows(self, slugs: Sequence[str]) -> list[Row]:
        """Return each school with what it has had, could use, would receive, and why."""
        return [
            (
                self.names[slug],
                self.season.school_of[slug].received,
                self.outcome.wanted[slug],
                self.outcome.totals[slug],
                self.season.school_of[slug].received + self.outcome.totals[slug],
                self._sentences(slug),
            )
            for slug in slugs
        ]

    def _sentences(self, slug: str) -> str:
        name = self.names[slug]
        sentence = self._why.school(slug, name=name)
        if self.outcome.totals[slug] == self.outcome.wanted[slug]:
            return sentence
        return f"{sentence} {nexts.change(self._nexts, slug, self.titles, name=name)}"

    @cached_property
    def events(self) -> list[str]:
        """The events by date."""
        return [
            event.slug
            for event in sorted(
                self.season.events,
                key=lambda e: (e.dates[0].starts_at.isoformat() if e.dates else "", e.slug),
            )
        ]

    def event_rows(self) -> list[Row]:
        """Return each event: places, pupils who wish to come, given, and whose turn is next."""
        wished = dict.fromkeys(self.events, 0)
        for (_, event), count in self.outcome.wished.items():
            wished[event] += count
        return [
            (
                self.titles[slug],
                self.season.event_of[slug].places,
                wished[slug],
                self.plan.taken.get(slug, 0),
                self.names[self._nexts[slug]] if slug in self._nexts else "Nobody",
            )
            for slug in self.events
        ]

    def matrix_head(self) -> list[str]:
        """Return the columns of the table of schools by events."""
        return ["School", *(self.titles[slug] for slug in self.events), "Total"]

    def matrix(self, slugs: Sequence[str]) -> list[Row]:
        """Return what each school would receive at each event, and how many pupils wish to come."""
        return [
            (
                self.names[slug],
                *(self._cell(slug, event) for event in self.events),
                self.outcome.totals[slug],
            )
            for slug in slugs
        ]

    def _cell(self, school: str, event: str) -> str:
        wished = self.outcome.wished.get((school, event), 0)
        return f"{self.outcome.held.get((school, event), 0)} of {wished}" if wished else "–"


def proposed_pupils(plan: SeasonPlan, school: School) -> dict[str, list[Pupil]]:
    """Return the pupils of a school that an accepted plan proposes, by event."""
    row = queries.record_of(plan.id)
    if row is None:
        return {}
    pupils = queries.of_school(plan.id, school.id)
    found: dict[str, list[Pupil]] = {}
    given: dict[str, set[str]] = {}
    for reference, event in json.loads(row.record)["result"]:
        given.setdefault(event, set()).add(reference)
    for event, references in given.items():
        if own := [pupil for reference, pupil in pupils.items() if reference in references]:
            found[event] = own
    return found


def proposed_names(event: Event, school: School) -> list[Pupil]:
    """Return the proposed pupils that the school could still name for an event, by name.

    Pupils who have left or already had a booking there are left out, and there are no more than the
    school has places without a name.
    """
    plan = queries.plan_of(event.id)
    vacant = place_queries.vacant_places(event.id, school.id)
    if plan is None or not vacant:
        return []
    own = proposed_pupils(plan, school).get(event.slug, [])
    before = bookings.of_pupils(event.id, [pupil.id for pupil in own])
    restricted = pupil_queries.restricted(own)
    able = [
        pupil
        for pupil in own
        if pupil.left_at is None
        and pupil.id not in restricted
        and (pupil.id not in before or before[pupil.id].state is BookingState.RESERVE)
    ]
    return able[: len(vacant)]


@dataclass(frozen=True)
class OwnResult:
    """What a plan says about one pupil, for the pupil's own school."""

    name: str
    year: str
    sentence: str


def own_results(plan: SeasonPlan, school: School) -> list[OwnResult]:
    """Return what an accepted plan says about each pupil of a school, by name."""
    row = queries.record_of(plan.id)
    if row is None:
        return []
    season, solved = record.read(json.loads(row.record))
    why = explain.PlanExplained(season, solved, queries.event_titles(list(season.event_of)))
    own = queries.of_school(plan.id, school.id)
    names = names_of(list(own.values()), school)
    return [
        OwnResult(names[pupil.id], year_groups.name(pupil.year_group), why.pupil(reference))
        for reference, pupil in own.items()
        if reference in season.pupil_of
    ]


def names_of(found: Sequence[Pupil], school: School) -> dict[int, str]:
    """Return pupils' names by id, told apart from those of namesakes at their school."""
    return pupil_details.names_apart(found, pupil_queries.shared_names(school.id))
