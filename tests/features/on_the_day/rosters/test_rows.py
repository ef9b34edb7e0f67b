"""What a host may know about a pupil, and nothing else: golden rows, windows, canaries."""

import dataclasses
from datetime import date, datetime, timedelta

import pytest

from booking.domain.booking_states import BookingState
from booking.domain.needs import Diet
from booking.foundation.clock import LONDON
from booking.foundation.db import db, transaction
from booking.on_the_day.rosters import windows
from booking.on_the_day.rosters.pages.rows import Adult, RosterRow, rows
from tests.builders.events import make_event, one_date
from tests.builders.pupils import make_pupil
from tests.builders.rosters import bring_adult, expect_pupil, tell_needs
from tests.builders.schools import make_school
from tests.features.on_the_day.conftest import DAY, at
from tests.features.on_the_day.rosters.conftest import NEEDS


def test_a_row_holds_what_the_host_needs_on_the_day(event, school):
    pupil = make_pupil(school=school, forename="Amara", surname="Okoro", year_group=5)
    expect_pupil(event=event, school=school, pupil=pupil, **NEEDS)
    bring_adult(event=event, school=school)

    assert rows(event, now=at(0), health=True) == [
        RosterRow(
            school="Ashdale Primary School",
            name="Amara Okoro",
            year_group="Year 5",
            health="Asthma: blue inhaler in the front pocket",
            diet="Halal, No nuts",
            diets=(Diet.HALAL, Diet.NO_NUTS),
            access="Step-free route",
            photo="Photos in school only",
            collection="Collected by a named adult: Aunt Ife",
            adults=(Adult("Sam Lane", "+447700900321"),),
            emergency_phone="07700 900999",
        )
    ]


def test_the_allow_list_is_these_fields_and_no_more():
    assert [field.name for field in dataclasses.fields(RosterRow)] == [
        *(
            "school",
            "name",
            "year_group",
            "health",
            "diet",
            "diets",
            "access",
            "photo",
            "collection",
        ),
        *("adults", "emergency_phone", "consent", "group", "workshops", "more"),
    ]


def test_a_viewer_without_permission_sees_no_alerts(event, school):
    expect_pupil(event=event, school=school, **NEEDS)

    [row] = rows(event, now=at(0), health=False)

    assert (row.health, row.diet) == ("", "Halal, No nuts")


@pytest.mark.parametrize(
    ("days", "health", "needs"),
    [
        (-8, False, False),
        (-7, False, True),
        (-4, False, True),
        (-3, True, True),
        (0, True, True),
        (1, True, True),
        (2, False, False),
    ],
)
def test_health_and_needs_open_and_shut(event, school, days, health, needs):
    expect_pupil(event=event, school=school, **NEEDS)

    for hour in (0, 23):
        [row] = rows(event, now=at(days, hour), health=True)
        assert bool(row.health) is health
        assert (bool(row.diet), bool(row.access)) == (needs, needs)
        assert row.photo == "Photos in school only"


def test_a_series_is_open_from_before_the_first_date_to_after_the_last(db_session):
    event = make_event(
        host=make_school(), dates=[one_date(DAY), one_date(DAY + timedelta(days=14))]
    )

    days = windows.days_of(event)

    assert (days.needs_from, days.health_from) == (date(2027, 6, 4), date(2027, 6, 8))
    assert (days.until, days.destroy_after) == (date(2027, 6, 26), date(2027, 6, 26))
    assert days.health_is_open(at(7))


def test_only_those_expected_are_on_it_by_school_and_name(event, school):
    other = make_school(name="Zeal Manor School")
    for forename, surname, of, state in (
        ("Zoe", "Abara", school, BookingState.CONFIRMED),
        ("Yun", "Zhou", school, BookingState.ATTENDED),
        ("Amara", "Okoro", other, BookingState.ABSENT),
        ("Invited", "Only", school, BookingState.INVITED),
        ("Gone", "Away", school, BookingState.WITHDRAWN),
        ("Said", "No", other, BookingState.DECLINED),
        ("In", "Reserve", other, BookingState.RESERVE),
    ):
        expect_pupil(event=event, school=of, forename=forename, surname=surname, state=state)

    assert [(row.school, row.name) for row in rows(event, now=at(0), health=True)] == [
        ("Ashdale Primary School", "Zoe Abara"),
        ("Ashdale Primary School", "Yun Zhou"),
        ("Zeal Manor School", "Amara Okoro"),
    ]


def test_a_pupil_without_answers_gets_the_careful_ones(event, school):
    expect_pupil(event=event, school=school)

    [row] = rows(event, now=at(0), health=True)

    assert (row.photo, row.collection) == ("No photos", "Back with the group")


@pytest.mark.parametrize("field", ["sent_at", "purged_at", "answered_at"])
def test_drafts_purged_answers_and_those_to_an_older_invitation_are_not_used(event, school, field):
    booking = expect_pupil(event=event, school=school)
    needs = tell_needs(booking, **NEEDS)
    long_ago = datetime(2026, 1, 1, tzinfo=LONDON)
    with transaction():
        setattr(db.session.merge(needs), field, None if field == "sent_at" else long_ago)

    [row] = rows(event, now=at(0), health=True)

    assert (row.health, row.diet, row.photo) == ("", "", "No photos")


def test_the_office_stands_in_for_a_missing_emergency_number(event, db_session):
    school = make_school(emergency_phone="", office_phone="01632 960999")
    expect_pupil(event=event, school=school)

    assert rows(event, now=at(0), health=True)[0].emergency_phone == "01632 960999"


def test_another_schools_adults_stay_with_their_own_pupils(event, school):
    other = make_school()
    expect_pupil(event=event, school=school)
    expect_pupil(event=event, school=other)
    bring_adult(event=event, school=other, name="Jo Ray")

    found = {row.school: row.adults for row in rows(event, now=at(0), health=True)}

    assert found == {school.name: (), other.name: (Adult("Jo Ray", "+447700900321"),)}


def test_a_long_roster_takes_as_many_queries_as_a_short_one(event, school, count_queries):
    expect_pupil(event=event, school=school, **NEEDS)
    event.dates  # noqa: B018 - loaded before counting
    with count_queries() as short:
        rows(event, now=at(0), health=True)
    for _ in range(4):
        expect_pupil(event=event, school=make_school(), **NEEDS)
    event.dates  # noqa: B018 - loaded before counting
    with count_queries() as long:
        rows(event, now=at(0), health=True)

    assert len(short) == len(long)
