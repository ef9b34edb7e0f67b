"""Why a school or a pupil gets what they do, in words."""

import pytest
from hypothesis import given

from booking.days.seasons.solver import OrTools
from booking.domain.allocation import draw
from booking.domain.season import clashes, planning
from booking.domain.season.explain import NotThePlan, PlanExplained, Reason
from booking.domain.season.wishes import Plan, SeasonEvent, SeasonPupil, SeasonSchool
from tests.domain.season.seasons import PROPERTY, SEED, SMALL, date, make_season

EVENTS = (
    SeasonEvent("book-day", 1, (date(7),)),
    SeasonEvent("chess-day", 3, (date(0),), at_most=1),
    SeasonEvent("puzzle-day", 9, (date(0),)),
)
TITLES = {"book-day": "Book Day", "chess-day": "Chess Day", "puzzle-day": "Puzzle Day"}
TWO = ("puzzle-day", "chess-day")


def explained(*pupils, received=0):
    season = make_season(
        events=EVENTS,
        schools=[SeasonSchool("ash", received), SeasonSchool("beech"), SeasonSchool("elm")],
        pupils=pupils,
    )
    return PlanExplained(season, planning.propose(season, OrTools()), TITLES)


def test_a_school_that_is_given_all_is_told_so():
    why = explained(
        SeasonPupil("a1", "ash", ("book-day", "puzzle-day"), at_most=2),
        SeasonPupil("b1", "beech", TWO),
    )

    assert why.school("ash") == "You asked for 2 places for 1 pupil and the plan gives both."
    assert why.school("beech", name="Beech Lower") == (
        "Beech Lower asked for 1 place for 1 pupil and the plan gives it."
    )
    assert why.school("elm") == "You asked for no places."


def test_a_school_whose_turn_came_too_late_is_told_so():
    why = explained(
        SeasonPupil("a1", "ash", ("book-day",)),
        SeasonPupil("b1", "beech", ("book-day",)),
        received=2,
    )

    assert why.school("ash") == (
        "You asked for 1 place for 1 pupil and the plan gives none; the events that your pupils "
        "could still go to were full when your turn came."
    )
    assert why.pupil("a1") == (
        "The plan gives no place; Book Day (choice 1) was full when your turn came."
    )


def test_a_school_that_has_reached_the_limit_is_told_so():
    pupils = [SeasonPupil(f"a{n}", "ash", ("chess-day",)) for n in range(2)]
    why = explained(*pupils)

    assert why.school("ash", name="Ash Primary") == (
        "Ash Primary asked for 2 places for 2 pupils and the plan gives 1; the events that its "
        "pupils could still go to had reached the limit for one school."
    )
    assert {why.pupil("a0"), why.pupil("a1")} == {
        "The plan gives Chess Day (choice 1).",
        "The plan gives no place; your school already has as many places as one school may have "
        "at Chess Day "
        "(choice 1).",
    }


def test_a_school_with_both_reasons_is_told_both():
    why = explained(
        SeasonPupil("a1", "ash", ("chess-day",)),
        SeasonPupil("a2", "ash", ("chess-day", "book-day")),
        SeasonPupil("a3", "ash", ("book-day",)),
        SeasonPupil("b1", "beech", ("book-day",)),
        received=2,
    )

    assert why.school("ash") == (
        "You asked for 3 places for 3 pupils and the plan gives 1; the events that your pupils "
        "could still go to were full when your turn came, or had reached the limit for one school."
    )


def test_a_pupil_is_told_of_what_was_full_and_what_overlaps():
    why = explained(
        SeasonPupil("a1", "ash", ("book-day", "puzzle-day", "chess-day"), at_most=3),
        SeasonPupil("b1", "beech", ("book-day",)),
        received=2,
    )

    assert why.pupil("a1") == (
        "The plan gives Puzzle Day (choice 2); Book Day (choice 1) was full when your turn came; "
        "Chess Day (choice 3) was at the same time as one of these."
    )


def test_a_pupil_with_enough_is_told_of_a_better_choice_only():
    why = explained(
        SeasonPupil("a1", "ash", ("book-day", "puzzle-day", "chess-day")),
        SeasonPupil("b1", "beech", ("book-day",)),
    )

    assert why.pupil("a1") == "The plan gives Puzzle Day (choice 2); Book Day (choice 1) was full."
    assert why.reason("a1", "chess-day") is Reason.ENOUGH
    assert why.reason("a1", "puzzle-day") is Reason.GIVEN


def test_events_without_a_title_go_by_their_short_name():
    season = make_season(
        events=EVENTS,
        schools=[SeasonSchool("ash")],
        pupils=[SeasonPupil("a1", "ash", ("book-day",))],
    )
    plan = planning.propose(season, OrTools())

    assert PlanExplained(season, plan).pupil("a1") == "The plan gives book-day (choice 1)."
    with pytest.raises(NotThePlan):
        PlanExplained(season, Plan(())).reason("a1", "book-day")


@PROPERTY
@given(SMALL)
def test_every_wish_and_every_school_has_its_reason(season):
    why = PlanExplained(season, planning.propose(season, OrTools()))

    for pupil in season.pupils:
        reasons = {why.reason(pupil.reference, event) for event in pupil.wishes}
        assert Reason.GIVEN in reasons or reasons <= {Reason.FULL, Reason.CAP}
    for school in season.schools:
        assert why.school(school.slug).endswith(".")


@PROPERTY
@given(SMALL)
def test_full_when_your_turn_came_is_true(season):
    plan = planning.propose(season, OrTools())
    why, totals = PlanExplained(season, plan), plan.totals(season)
    clashing = clashes.clashes(season.events)

    def turn(slug, nth):
        school = season.school_of[slug]
        ticket = draw.ticket(SEED, season.name, slug)
        return ((school.received + nth) / school.weight, school.received, ticket)

    for pupil in season.pupils:
        given_ = plan.events_of.get(pupil.reference, frozenset())
        for event in pupil.wishes:
            free = len(given_) < pupil.at_most and not given_ & clashing[event]
            if not free or why.reason(pupil.reference, event) is not Reason.FULL:
                continue
            for place in plan.given:
                there = season.pupil_of[place.pupil].school
                if place.event == event and there != pupil.school:
                    next_turn = turn(pupil.school, totals[pupil.school] + 1)
                    assert turn(there, totals[there]) < next_turn
