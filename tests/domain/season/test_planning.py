"""A season's plan is feasible, as large as possible, level, and does not depend on the order."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from booking.days.seasons.solver import OrTools
from booking.domain.season import planning
from booking.domain.season.wishes import GivenPlace, SeasonEvent, SeasonPupil, SeasonSchool
from tests.domain.season import seasons
from tests.domain.season.seasons import PROPERTY, SMALL, TINY, date, make_season

ASH, BEECH = SeasonSchool("ash"), SeasonSchool("beech")


def plan(season):
    return planning.propose(season, OrTools())


def totals(season):
    return plan(season).totals(season)


def test_every_wish_is_granted_where_there_are_places_for_all():
    season = make_season(
        events=[SeasonEvent("puzzle-day", 2, (date(0),)), SeasonEvent("chess-day", 1, (date(7),))],
        schools=[ASH, BEECH],
        pupils=[
            SeasonPupil("a1", "ash", ("puzzle-day", "chess-day"), at_most=2),
            SeasonPupil("b1", "beech", ("puzzle-day",)),
        ],
    )

    assert plan(season).given == (
        GivenPlace("a1", "chess-day"),
        GivenPlace("a1", "puzzle-day"),
        GivenPlace("b1", "puzzle-day"),
    )


def test_a_place_goes_to_the_school_that_has_received_fewer():
    pupils = [
        SeasonPupil("a1", "ash", ("puzzle-day",)),
        SeasonPupil("b1", "beech", ("puzzle-day",)),
    ]
    season = make_season(
        events=[SeasonEvent("puzzle-day", 1)],
        schools=[replace(ASH, received=3), BEECH],
        pupils=pupils,
    )

    assert totals(season) == {"ash": 0, "beech": 1}


def test_schools_are_levelled_before_preferences():
    season = make_season(
        events=[SeasonEvent("chess-day", 1), SeasonEvent("puzzle-day", 1)],
        schools=[replace(ASH, received=1), BEECH],
        pupils=[
            SeasonPupil("a1", "ash", ("chess-day", "puzzle-day")),
            SeasonPupil("b1", "beech", ("puzzle-day", "chess-day")),
            SeasonPupil("b2", "beech", ("puzzle-day",)),
        ],
    )

    assert plan(season).given == (GivenPlace("b1", "chess-day"), GivenPlace("b2", "puzzle-day"))


def test_every_pupil_of_a_school_comes_before_any_comes_twice():
    events = [SeasonEvent(f"day-{n}", 1, (date(n),)) for n in range(2)]
    season = make_season(
        events=events,
        schools=[ASH],
        pupils=[
            SeasonPupil("a1", "ash", ("day-0", "day-1"), at_most=2),
            SeasonPupil("a2", "ash", ("day-1", "day-0"), at_most=2),
            SeasonPupil("a3", "ash", ("day-0",)),
        ],
    )

    assert len(plan(season).events_of) == 2


def test_a_bigger_school_has_more_turns():
    pupils = [SeasonPupil(f"{s}{n}", s, ("fair",)) for s in ("ash", "beech") for n in range(6)]
    season = make_season(
        events=[SeasonEvent("fair", 6)], schools=[replace(ASH, weight=2), BEECH], pupils=pupils
    )

    assert totals(season) == {"ash": 4, "beech": 2}


def test_schools_that_wish_alike_differ_by_one_place_at_most():
    schools = [SeasonSchool(f"school-{n}") for n in range(23)]
    events = [SeasonEvent(f"event-{n}", 7, (date(n),), at_most=2) for n in range(10)]
    slugs = tuple(event.slug for event in events)
    pupils = [SeasonPupil(f"{s.slug}-{n}", s.slug, slugs, 2) for s in schools for n in range(5)]

    found = totals(make_season(events=events, schools=schools, pupils=pupils)).values()

    assert (sum(found), min(found), max(found)) == (70, 3, 4)


def test_a_pupil_is_at_one_of_two_overlapping_events():
    season = make_season(
        events=[
            SeasonEvent("am", 9, (date(0, hours=3),)),
            SeasonEvent("noon", 9, (date(0, 2, 2),)),
            SeasonEvent("pm", 9, (date(0, 4, 2),)),
        ],
        schools=[ASH],
        pupils=[
            SeasonPupil("a1", "ash", ("noon", "am"), at_most=2),
            SeasonPupil("a2", "ash", ("pm", "am"), at_most=2),
        ],
    )

    assert plan(season).events_of == {"a1": {"noon"}, "a2": {"am", "pm"}}


def test_a_season_without_pupils_has_an_empty_plan():
    assert plan(make_season(events=[SeasonEvent("fair", 3)], schools=[ASH], pupils=[])).given == ()
    assert plan(make_season(events=[], schools=[], pupils=[])).given == ()


@PROPERTY
@given(TINY)
def test_no_plan_of_all_there_are_is_better(season):
    every = list(seasons.every_plan(season))

    assert seasons.merit(season, plan(season)) == min(seasons.merit(season, p) for p in every)


@PROPERTY
@given(TINY)
def test_no_plan_as_large_is_more_level_between_schools(season):
    season = replace(season, schools=tuple(replace(s, weight=1) for s in season.schools))
    every = list(seasons.every_plan(season))
    most = max(len(p.given) for p in every)
    received = {school.slug: school.received for school in season.schools}

    def level(found):
        return sorted(received[school] + count for school, count in found.totals(season).items())

    assert level(plan(season)) == max(level(p) for p in every if len(p.given) == most)


@PROPERTY
@given(SMALL)
def test_the_same_season_written_in_another_order_has_the_same_plan(season):
    rng = random.Random(0)
    other = replace(
        season,
        events=tuple(rng.sample(season.events, len(season.events))),
        schools=tuple(rng.sample(season.schools, len(season.schools))),
        pupils=tuple(rng.sample(season.pupils, len(season.pupils))),
    )

    assert plan(other) == plan(season)


@PROPERTY
@given(SMALL, st.randoms(use_true_random=False))
def test_preferences_move_no_place_between_schools(season, rng):
    other = replace(
        season,
        pupils=tuple(
            replace(pupil, wishes=tuple(rng.sample(pupil.wishes, len(pupil.wishes))))
            for pupil in season.pupils
        ),
    )

    assert totals(other) == totals(season)


@PROPERTY
@given(SMALL, st.integers(0, 4))
def test_a_place_more_takes_none_from_any_school(season, number):
    event = season.events[number % len(season.events)]
    more = tuple(replace(e, places=e.places + (e == event)) for e in season.events)
    before, after = totals(season), totals(replace(season, events=more))

    assert all(before[school] <= after[school] for school in before)


@PROPERTY
@given(SMALL, st.integers(0, 3))
def test_a_school_that_leaves_takes_no_place_from_another(season, number):
    gone = season.schools[number % len(season.schools)].slug
    stay = tuple(pupil for pupil in season.pupils if pupil.school != gone)
    before, after = totals(season), totals(replace(season, pupils=stay))

    assert all(before[school] <= after[school] for school in before if school != gone)
