"""The calendar of a school: terms, half terms, its own closures and bank holidays."""

from datetime import date

from booking.domain.permissions import COMMAND
from booking.domain.terms import is_school_day
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.people.schools import queries, service
from tests.builders import schools as build


def close(school, on):
    with transaction():
        service.add_closure(
            actor=COMMAND, now=clock.now(), school=school, first_on=on, last_on=on, reason="INSET"
        )


def test_a_schools_calendar_knows_terms_half_terms_and_bank_holidays(db_session):
    school = build.make_school(slug="hollow-lane")
    build.make_terms()

    calendar = queries.calendar(school.id)

    assert [term.name for term in calendar.terms] == ["Autumn term", "Spring term", "Summer term"]
    assert is_school_day(calendar, date(2027, 3, 1))
    assert not is_school_day(calendar, date(2027, 2, 16))  # half term
    assert not is_school_day(calendar, date(2027, 5, 3))  # early May bank holiday
    assert not is_school_day(calendar, date(2027, 3, 26))  # Easter holidays


def test_an_inset_day_closes_one_school_only(db_session):
    one, other = build.make_school(slug="hollow-lane"), build.make_school(slug="millrace")
    close(one, date(2027, 3, 5))

    assert not is_school_day(queries.calendar(one.id), date(2027, 3, 5))
    assert is_school_day(queries.calendar(other.id), date(2027, 3, 5))
    assert is_school_day(queries.calendar(None), date(2027, 3, 5))


def test_a_closure_of_every_school_closes_each(db_session):
    school = build.make_school(slug="hollow-lane")
    close(None, date(2027, 3, 5))

    assert not is_school_day(queries.calendar(school.id), date(2027, 3, 5))
    assert not is_school_day(queries.calendar(None), date(2027, 3, 5))


def test_a_calendar_costs_two_queries(db_session, count_queries):
    school_id = build.make_school().id
    build.make_terms()

    with count_queries() as counted:
        queries.calendar(school_id)

    assert len([q for q in counted if q.startswith("SELECT")]) == 2


def test_substitute_bank_holidays_are_known():
    # Christmas Day 2027 is a Saturday, Boxing Day a Sunday.
    assert {date(2027, 12, 27), date(2027, 12, 28)} <= queries.bank_holidays(2027, 2027)
