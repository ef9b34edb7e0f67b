"""What a season may contain, and how anything else is refused."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from booking.domain.allocation import claims
from booking.domain.season import clashes, wishes
from booking.domain.season.wishes import Date, SeasonEvent, SeasonPupil, SeasonSchool
from tests.domain.season.seasons import MORNING, date, make_season

FAIR, ASH = SeasonEvent("fair", 3), SeasonSchool("ash")
PUPIL = SeasonPupil("a1", "ash", ("fair",))


def refusal(exception, make):
    with pytest.raises(exception) as found:
        make()
    assert isinstance(found.value, claims.ClaimRefused)
    return str(found.value)


def season(events=(FAIR,), schools=(ASH,), pupils=(PUPIL,)):
    return make_season(events=events, schools=schools, pupils=pupils)


def test_names_are_not_given_twice():
    twice = wishes.TwoOfAName

    assert refusal(twice, lambda: season(events=(FAIR, FAIR))) == (
        "fair is in the season more than once."
    )
    refusal(twice, lambda: season(schools=(ASH, ASH)))
    refusal(twice, lambda: season(pupils=(PUPIL, PUPIL)))
    assert refusal(twice, lambda: SeasonPupil("a1", "ash", ("fair", "fair"))) == (
        "a1 has fair among the wishes more than once."
    )


def test_what_is_wished_for_is_in_the_season():
    stranger = replace(PUPIL, school="elm")
    dreamer = replace(PUPIL, wishes=("moon-day",))

    assert refusal(wishes.NotInTheSeason, lambda: season(pupils=(stranger,))) == (
        "elm is not one of the schools of the season."
    )
    assert refusal(wishes.NotInTheSeason, lambda: season(pupils=(dreamer,))) == (
        "moon-day is not one of the events of the season."
    )


def test_a_pupil_without_a_wish_is_left_out():
    assert refusal(wishes.NothingWished, lambda: SeasonPupil("a1", "ash", ())) == (
        "a1 has no event to go to; leave the pupil out."
    )


@pytest.mark.parametrize(
    "make",
    [
        lambda: SeasonEvent("fair", -1),
        lambda: SeasonEvent("fair", 1.5),
        lambda: SeasonEvent("fair", 3, at_most=-1),
        lambda: SeasonSchool("ash", received=-1),
        lambda: SeasonSchool("ash", weight=0),
        lambda: replace(PUPIL, at_most=0),
        lambda: SeasonSchool("a\nsh"),
        lambda: replace(PUPIL, reference=""),
    ],
)
def test_numbers_and_names_are_sound(make):
    refusal(claims.ClaimRefused, make)


def test_a_date_has_a_length_and_a_time_zone():
    plain = datetime(2026, 10, 6, 9)

    refusal(wishes.DateRefused, lambda: Date(MORNING, MORNING))
    refusal(wishes.DateRefused, lambda: Date(plain, plain + timedelta(hours=1)))


def test_dates_overlap_only_where_they_share_a_moment():
    morning, noon, afternoon = date(0, 0, 3), date(0, 2, 2), date(0, 3, 3)

    assert morning.overlaps(noon)
    assert noon.overlaps(afternoon)
    assert not morning.overlaps(afternoon)
    assert not afternoon.overlaps(morning)


def chain(at_most):
    events = [
        SeasonEvent("am", 1, (date(0, 0, 3),)),
        SeasonEvent("noon", 1, (date(0, 2, 2),)),
        SeasonEvent("pm", 1, (date(0, 3, 3), date(7))),
        SeasonEvent("later", 1, (date(7),)),
    ]
    pupil = SeasonPupil("a1", "ash", ("am", "noon", "pm"), at_most)
    return pupil, clashes.clashes(events)


def test_overlaps_of_any_dates_count():
    _, clashing = chain(1)

    assert clashing == {
        "am": {"noon"},
        "noon": {"am", "pm"},
        "pm": {"noon", "later"},
        "later": {"pm"},
    }


@pytest.mark.parametrize(
    "order", [("am", "noon", "pm"), ("noon", "pm", "am"), ("pm", "am", "noon")]
)
def test_a_chain_of_overlaps_is_refused(order):
    pupil, clashing = chain(2)

    message = refusal(
        clashes.ChainOfOverlaps,
        lambda: clashes.groups(replace(pupil, wishes=order), clashing),
    )

    assert message == (
        "a1 wishes for am, noon and pm, which overlap one after another but not all with one "
        "another. Remove one of them from the wishes."
    )


def test_a_chain_does_not_matter_to_a_pupil_who_goes_to_one_event():
    pupil, clashing = chain(1)

    assert clashes.groups(pupil, clashing) == (("am",), ("noon",), ("pm",))


def test_wishes_that_overlap_are_a_group():
    pupil, clashing = chain(3)
    pupil = replace(pupil, wishes=("later", "am", "pm"))

    assert clashes.groups(pupil, clashing) == (("later", "pm"), ("am",))
    assert clashes.most_events(pupil, clashing) == 2
