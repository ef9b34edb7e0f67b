"""Dates checked against the calendar: what is grave, what is worth knowing, and a better day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.domain import checking_dates, terms
from booking.domain.checking_dates import (
    CalendarFacts,
    ClosedSchools,
    KnownEvent,
    NotedDay,
    PlannedDates,
)
from booking.domain.terms import ClosedDays, SchoolCalendar, TermDays

NETWORK = SchoolCalendar(
    terms=(
        TermDays("Spring 2027", date(2027, 1, 4), date(2027, 3, 24)),
        TermDays("Summer 2027", date(2027, 4, 12), date(2027, 7, 21)),
    ),
    closures=(ClosedDays(date(2027, 5, 31), date(2027, 6, 4), "Half term"),),
    bank_holidays=frozenset({date(2027, 3, 26), date(2027, 5, 3), date(2027, 5, 31)}),
)
FACTS = CalendarFacts(NETWORK, schools={(0, 6): 10, (5, 8): 4, (9, 13): 6})
THURSDAY = date(2027, 6, 10)


def at(on, hour, minute=0):
    return datetime(on.year, on.month, on.day, hour - 1, minute, tzinfo=UTC)


def plan(*days, years=(5, 6), hours=(9, 15), **more):
    """Return a plan of summer days."""
    dates = tuple((at(on, hours[0]), at(on, hours[1])) for on in days)
    return PlannedDates(dates, years, **more)


def told(planned, facts=FACTS):
    """Return what is found, as (kind, is it grave, sentence)."""
    found = checking_dates.check(planned, facts)
    return [(finding.kind, finding.is_grave, finding.words) for finding in found]


def test_nothing_speaks_against_an_ordinary_school_day():
    assert told(plan(THURSDAY)) == []
    assert checking_dates.better_day(plan(THURSDAY), FACTS, after=at(date(2027, 4, 1), 9)) is None


@pytest.mark.parametrize(
    ("days", "kind", "words"),
    [
        ([date(2027, 5, 3)], "bank_holiday", "Monday 3 May 2027 is a bank holiday."),
        (
            [date(2027, 6, 12), date(2027, 6, 19)],
            "weekend",
            "Saturday 12 June 2027 and Saturday 19 June 2027 are at weekends.",
        ),
        (
            [date(2027, 6, 2)],
            "network_closed",
            "Wednesday 2 June 2027 is a day when every school is closed.",
        ),
        ([date(2027, 8, 4)], "holidays", "Wednesday 4 August 2027 is in the school holidays."),
    ],
)
def test_days_without_pupils_are_grave_once_for_each_kind(days, kind, words):
    assert told(plan(*days)) == [(kind, True, words)]


def test_closed_schools_are_named_and_grave_when_they_are_half_of_those_invited():
    names = tuple(f"School {letter}" for letter in "ABCDEFGHI")
    facts = replace(FACTS, closed=ClosedSchools({THURSDAY: "INSET day"}, {THURSDAY: names[:2]}))

    assert told(plan(THURSDAY), facts) == [
        ("host_closed", True, "The host’s school is closed on Thursday 10 June 2027 (INSET day)."),
        (
            "schools_closed",
            False,
            "On Thursday 10 June 2027, 2 of the 14 schools invited are closed: School A and "
            "School B.",
        ),
    ]
    many = replace(FACTS, closed=ClosedSchools({}, {THURSDAY: names}))
    assert told(plan(THURSDAY), many) == [
        (
            "schools_closed",
            True,
            "On Thursday 10 June 2027, 9 of the 14 schools invited are closed: School A, School B, "
            "School C, School D, School E, School F and 3 more.",
        )
    ]


@pytest.mark.parametrize(
    ("years", "hours", "same_host", "words"),
    [
        ((5, 8), (14, 16), False, ", for which 14 schools are invited as well"),
        ((9, 11), (9, 12), True, ", hosted by the same school"),
        ((9, 11), (9, 12), False, None),
        ((5, 6), (15, 17), False, None),
    ],
)
def test_another_event_clashes_for_the_same_years_or_the_same_host_at_the_same_time(
    years, hours, same_host, words
):
    other = KnownEvent(
        "Robotics", "Millrace", years, *(at(THURSDAY, hour) for hour in hours), same_host=same_host
    )
    found = told(plan(THURSDAY), replace(FACTS, events=(other,)))

    name = f"Years {years[0]} to {years[1]}"
    clash = f"At the same time: Robotics (Millrace, {name}), Thursday 10 June 2027{words}."
    assert found == ([("other_events", True, clash)] if words else [])


@pytest.mark.parametrize(
    ("title", "years", "is_grave"),
    [
        ("GCSE Mathematics, paper 2", (10, 11), True),
        ("GCSE Mathematics, paper 2", (5, 6), None),
        ("KS2 SATs week", (5, 6), True),
        ("Mock examinations", (5, 6), True),
        ("A-level Physics", (12, 13), True),
        ("Last day for exam entries", (5, 6), False),
        ("Choir festival", (5, 6), False),
        ("Sat 12: open day", (5, 6), False),
    ],
)
def test_exams_are_grave_for_those_who_sit_them_and_other_dates_worth_knowing(
    title, years, is_grave
):
    facts = replace(FACTS, noted=(NotedDay(title, "The county", THURSDAY, THURSDAY),))

    found = told(plan(THURSDAY, years=years), facts)

    assert [grave for _, grave, _ in found] == ([] if is_grave is None else [is_grave])
    assert all(f"“{title}” (The county)" in words for _, _, words in found)


def test_a_paper_is_an_exam_if_it_is_an_exam_boards():
    assert checking_dates.exam_years("Reading paper, both tiers", "Aldermere exam board")
    assert checking_dates.exam_years("Reading paper", "Aldermere library") is None


def test_a_partners_date_at_another_hour_is_no_matter():
    evening = NotedDay("Exam", "The county", THURSDAY, THURSDAY, at(THURSDAY, 18), at(THURSDAY, 20))

    assert told(plan(THURSDAY), replace(FACTS, noted=(evening,))) == []


def test_deadlines_on_days_off_are_grave_and_replies_after_the_start_worth_knowing():
    sunday = at(date(2027, 6, 6), 16)
    found = told(
        plan(
            THURSDAY,
            deadlines=(("Requests close", at(date(2027, 5, 28), 16)), ("Naming closes", sunday)),
            naming_close_at=sunday,
            reply_days=5,
        )
    )

    assert found == [
        (
            "deadlines",
            True,
            "Naming closes: Sunday 6 June 2027 is at a weekend. Choose a school day, when "
            "coordinators are at work.",
        ),
        (
            "replies",
            False,
            "Parents have 5 school days to reply. Those of a pupil named on the last day could "
            "reply until Friday 11 June 2027, when the event has begun. Close naming earlier, or "
            "give them fewer days.",
        ),
    ]


def test_the_better_day_is_on_the_same_weekday_if_that_is_as_good():
    bank_holiday = plan(date(2027, 5, 3))

    better = checking_dates.better_day(bank_holiday, FACTS, after=at(date(2027, 4, 1), 9))

    assert (better.on, better.findings) == (date(2027, 5, 10), ())
    closed = replace(FACTS, closed=ClosedSchools({date(2027, 5, 10): "INSET"}, {}))
    again = checking_dates.better_day(bank_holiday, closed, after=at(date(2027, 4, 1), 9))
    assert again.on == date(2027, 4, 26), "the Monday before, then"
    late = checking_dates.better_day(bank_holiday, closed, after=at(date(2027, 4, 27), 9))
    assert late.on == date(2027, 5, 17), "not before today"


DAYS = st.dates(date(2027, 3, 1), date(2027, 8, 31))


@st.composite
def facts_and_plans(draw):
    """Draw a calendar with closed schools and events, and a plan within it."""
    days = draw(st.lists(DAYS, min_size=1, max_size=3, unique=True).map(sorted))
    closed = draw(st.dictionaries(DAYS, st.just("INSET"), max_size=8))
    invited = draw(st.dictionaries(DAYS, st.sampled_from([("A",), tuple("ABCDEFGH")]), max_size=8))
    events = tuple(
        KnownEvent("Chess", "Millrace", years, at(on, 9), at(on, 12))
        for on, years in draw(st.lists(st.tuples(DAYS, st.sampled_from([(0, 6), (9, 9)]))))
    )
    facts = replace(FACTS, closed=ClosedSchools(closed, invited), events=events)
    return plan(*days, deadlines=(("Naming closes", at(days[0], 9) - timedelta(days=14)),)), facts


@settings(max_examples=60)
@given(facts_and_plans(), st.integers(0, 10))
def test_a_better_day_is_better_near_by_and_after_every_deadline(found, days_before):
    planned, facts = found
    first_on = planned.days()[0]
    after = at(first_on, 9) - timedelta(days=days_before)

    better = checking_dates.better_day(planned, facts, after=after)

    if better is None:
        return
    moved = planned.moved((better.on - first_on).days)
    without_deadlines = replace(moved, deadlines=())
    graver = len([f for f in better.findings if f.is_grave])
    assert set(better.findings) == set(checking_dates.check(without_deadlines, facts))
    assert graver <= sum(f.count for f in checking_dates.check(planned, facts) if f.is_grave)
    assert terms.is_school_day(NETWORK, better.on)
    assert moved.dates[0][0] > max(after, planned.deadlines[0][1])
    span = sorted((first_on, better.on))
    between = (span[0] + timedelta(days=n) for n in range(1, (span[1] - span[0]).days))
    assert sum(terms.is_school_day(NETWORK, on) for on in between) < 15


@settings(max_examples=60)
@given(facts_and_plans())
def test_each_finding_has_its_own_key_and_the_grave_come_first(found):
    findings = checking_dates.check(*found)

    assert len({finding.key for finding in findings}) == len(findings)
    assert [f.is_grave for f in findings] == sorted([f.is_grave for f in findings], reverse=True)
    closed = [on for on in found[0].days() if not terms.is_school_day(NETWORK, on)]
    kinds = ("bank_holiday", "weekend", "network_closed", "holidays")
    assert sum(f.count for f in findings if f.kind in kinds) == len(closed)
