"""The second opinion finds every plan that is not the season's."""

from dataclasses import replace

import pytest
from hypothesis import given

from booking.days.seasons.solver import OrTools
from booking.domain.allocation.check import Breach, TooManyPlaces
from booking.domain.season import check, planning
from booking.domain.season.wishes import GivenPlace, Plan, SeasonEvent, SeasonPupil, SeasonSchool
from tests.domain.season import seasons
from tests.domain.season.seasons import PROPERTY, SMALL, TINY, date, make_season

SEASON = make_season(
    events=[
        SeasonEvent("chess-day", 2, (date(0),), at_most=1),
        SeasonEvent("puzzle-day", 2, (date(0),)),
        SeasonEvent("book-day", 1, (date(7),)),
    ],
    schools=[SeasonSchool("ash"), SeasonSchool("beech")],
    pupils=[
        SeasonPupil("a1", "ash", ("chess-day", "puzzle-day", "book-day"), at_most=2),
        SeasonPupil("a2", "ash", ("chess-day", "puzzle-day")),
        SeasonPupil("b1", "beech", ("book-day", "puzzle-day")),
        SeasonPupil("b2", "beech", ("puzzle-day",)),
    ],
)
RIGHT = ("a1 chess-day", "a2 puzzle-day", "b1 book-day", "b2 puzzle-day")


def breach(*given, season=SEASON):
    with pytest.raises(Breach) as found:
        check.assert_valid(season, written(*given))
    return type(found.value)


def written(*given):
    return Plan(tuple(GivenPlace(*place.split()) for place in given))


def test_the_plan_of_the_season_passes():
    check.assert_valid(SEASON, written(*RIGHT))

    assert planning.propose(SEASON, OrTools()) == written(*RIGHT)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (("b2 chess-day",), check.NotWished),
        (("nobody puzzle-day",), check.NotWished),
        (("b2 puzzle-day", "b2 puzzle-day"), check.NotWished),
        (("b1 book-day", "b1 puzzle-day"), check.TooManyEvents),
        (("a1 chess-day", "a1 puzzle-day"), check.TwoAtOnce),
        (("a1 puzzle-day", "a2 puzzle-day", "b2 puzzle-day"), TooManyPlaces),
        (("a1 chess-day", "a2 chess-day"), TooManyPlaces),
        (RIGHT[1:], check.PlaceKeptBack),
        ((), check.PlaceKeptBack),
        (("a1 puzzle-day", "a2 chess-day", "b1 book-day", "b2 puzzle-day"), None),
        (("a1 book-day", "a1 chess-day", "a2 puzzle-day", "b2 puzzle-day"), check.Unfair),
    ],
)
def test_each_broken_promise_is_found(given, found):
    if found is None:  # as good as the right one, so the lottery decides
        check.assert_valid(SEASON, written(*given))
    else:
        assert breach(*given) is found


def test_a_choice_further_down_than_need_be_is_found():
    swapped = replace(SEASON, pupils=(replace(SEASON.pupils[0], at_most=1), *SEASON.pupils[2:]))

    assert breach("a1 puzzle-day", "b1 book-day", "b2 puzzle-day", season=swapped) is check.Unfair


@PROPERTY
@given(TINY)
def test_the_second_opinion_passes_exactly_the_best_plans(season):
    every = list(seasons.every_plan(season))
    best = min(seasons.merit(season, plan) for plan in every)

    for plan in every:
        if seasons.merit(season, plan) == best:
            check.assert_valid(season, plan)
        else:
            with pytest.raises(Breach):
                check.assert_valid(season, plan)


@PROPERTY
@given(SMALL)
def test_a_plan_short_of_any_one_place_does_not_pass(season):
    plan = planning.propose(season, OrTools())

    for place in plan.given:
        with pytest.raises(Breach):
            check.assert_valid(season, Plan(tuple(p for p in plan.given if p != place)))


def test_a_solver_that_answers_nothing_is_found_out():
    class Idle:
        def cheapest(self, flows):
            return [0] * len(flows.arcs)

    with pytest.raises(check.PlaceKeptBack):
        planning.propose(SEASON, Idle())
