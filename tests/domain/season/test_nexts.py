"""What one more place at an event would have changed, compared with solving the season again."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from booking.days.seasons.solver import OrTools
from booking.domain.season import nexts, planning
from booking.domain.season.wishes import SeasonEvent, SeasonPupil, SeasonSchool
from tests.domain.season.seasons import PROPERTY, SMALL, date, make_season

TITLES = {"book-day": "Book Day", "chess-day": "Chess Day"}


def with_one_more(season, slug):
    return replace(
        season,
        events=tuple(
            replace(event, places=event.places + 1) if event.slug == slug else event
            for event in season.events
        ),
    )


@PROPERTY
@given(SMALL, st.data())
def test_one_more_place_goes_to_the_school_that_is_named_and_changes_no_other_total(season, data):
    plan = planning.propose(season, OrTools())
    event = data.draw(st.sampled_from(season.events))
    expected = plan.totals(season)
    if lucky := nexts.next_schools(season, plan).get(event.slug):
        expected[lucky] += 1

    wider = with_one_more(season, event.slug)

    assert planning.propose(wider, OrTools()).totals(wider) == expected


def test_a_place_may_reach_a_school_through_another_event():
    season = make_season(
        events=[SeasonEvent("book-day", 1, (date(0),)), SeasonEvent("chess-day", 1, (date(7),))],
        schools=[SeasonSchool("ash"), SeasonSchool("elm", received=3)],
        pupils=[
            SeasonPupil("a1", "ash", ("book-day", "chess-day")),
            SeasonPupil("a2", "ash", ("book-day",)),
            SeasonPupil("e1", "elm", ("chess-day",)),
        ],
    )
    plan = planning.propose(season, OrTools())

    assert plan.totals(season) == {"ash": 2, "elm": 0}
    assert nexts.next_schools(season, plan) == {"book-day": "elm", "chess-day": "elm"}


def test_the_change_is_said_to_the_school_or_of_it():
    found = {"book-day": "ash", "chess-day": "ash"}

    assert nexts.change(found, "ash", TITLES) == (
        "One more place at Book Day or Chess Day would have gone to you."
    )
    assert nexts.change({"book-day": "ash"}, "ash", {}, name="Ash Primary") == (
        "One more place at book-day would have gone to Ash Primary."
    )
    assert nexts.change(found, "elm", TITLES).startswith(
        "One more place at any one event would not have gone to you"
    )
