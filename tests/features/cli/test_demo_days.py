"""On whichever day the demonstration is made, its people keep the school calendar."""

from datetime import date, timedelta
from functools import cache

import pytest

from booking.cli.demo import people, seeding
from booking.cli.demo.programme import PLANS
from booking.days.events import demonstration as event_demonstration
from booking.days.events.demonstration import stage
from booking.days.events.models import Sharing
from booking.days.seasons import demonstration as season_demonstration
from booking.domain import terms
from booking.network.meetings import demonstration as meeting_demonstration
from booking.people.schools import scene as school_scene

#: Two years, with a leap day: each of their days is a day on which somebody types `make demo`.
FIRST, DAYS = date(2027, 9, 1), 731
SATURDAY = 5


@cache
def calendar_of(school_year):
    return people.school_calendar(date(school_year, 9, 1))


@cache
def why_closed(school_year, on):
    return terms.why_closed(calendar_of(school_year), on)


def closed(today, on):
    """Return why a day is no school day, by the calendar of a demonstration made today."""
    return why_closed(people.school_year_of(today), on)


def scene_on(today, calendar):
    return school_scene.Scene(today=today, calendar=calendar, schools={}, people={})


def every_start():
    for number in range(DAYS):
        today = FIRST + timedelta(days=number)
        calendar = calendar_of(people.school_year_of(today))
        scene = scene_on(today, calendar)
        staged = [stage(plan, today, calendar) for plan in PLANS]
        published = scene.fitting(season_demonstration.PUBLISHED)
        planned = [
            stage(plan, today, calendar, published=published)
            for plan in season_demonstration.EVENTS
        ]
        yield today, scene, staged, planned


@pytest.fixture(scope="module")
def starts():
    """Give every day with what would take place, without a database."""
    with pytest.MonkeyPatch.context() as patch:
        for module, name in (
            (terms, "is_school_day"),
            (event_demonstration, "_school_days_before"),
        ):
            patch.setattr(module, name, remembered(getattr(module, name)))
        return list(every_start())


def remembered(function):
    """Return a function of a calendar and plain values that works nothing out twice."""
    answers = {}

    def ask(calendar, *asked):
        key = id(calendar), *asked
        if key not in answers:
            answers[key] = function(calendar, *asked)
        return answers[key]

    return ask


def wrong(starts, days_of):
    return [
        (today, staged.plan.title, on, closed(today, on))
        for today, _, *both in starts
        for staged in [*both[0], *both[1]]
        for on in days_of(staged)
        if closed(today, on)
    ]


def test_no_event_is_on_a_day_without_school(starts):
    assert wrong(starts, lambda staged: () if staged.plan.saturday else staged.days) == []


def test_saturdays_are_saturdays_of_term(starts):
    on_saturdays = [
        (today, day)
        for today, _, staged, _ in starts
        for each in staged
        if each.plan.saturday
        for day in each.days
    ]

    assert len(on_saturdays) == DAYS
    assert {day.weekday() for _, day in on_saturdays} == {SATURDAY}
    assert [d for today, d in on_saturdays if closed(today, d - timedelta(days=1))] == []


def test_no_event_is_published_and_no_deadline_falls_on_a_day_without_school(starts):
    def deadlines(staged):
        sharing = staged.plan.sharing
        yield from (staged.published, staged.naming_closes)
        if sharing is Sharing.FAIR_ROUND:
            yield from (staged.requests_close, staged.round_on)
        if sharing is Sharing.SET_QUOTAS:
            yield staged.release

    assert wrong(starts, deadlines) == []


def test_no_meeting_is_held_on_a_day_without_school(starts):
    held = [
        (today, plan.title, scene.fitting(plan.held))
        for today, scene, _, _ in starts
        for plan in meeting_demonstration.PLANS
    ]

    assert [(today, title, on) for today, title, on in held if closed(today, on)] == []


def test_everything_comes_in_its_order(starts):
    for today, _, staged, planned in starts:
        for each in [*staged, *planned]:
            fair = each.plan.sharing is Sharing.FAIR_ROUND
            shared = each.round_on if fair else each.published
            last_named = shared + timedelta(days=7 if fair else 15)
            before = [each.published, each.requests_close] if fair else [each.published]
            order = [*before, shared, last_named, each.naming_closes, each.days[0]]
            assert order == sorted(order), (today, each.plan.title)
            assert each.naming_closes < each.days[0]
            if each.plan.sharing is Sharing.SET_QUOTAS:
                assert each.published + timedelta(days=2) < each.release < each.naming_closes


def test_what_is_past_stays_past_and_what_is_to_come_does_not_pass(starts):
    for today, scene, staged, planned in starts:
        for each in [*staged, *planned]:
            assert (each.days[0] < today) == (each.plan.offset < 0), (today, each.plan.title)
        for plan in meeting_demonstration.PLANS:
            assert (scene.fitting(plan.held) < today) == (plan.held > 0), (today, plan.title)
        # The term's plan is opened while requests for its events are open.
        opened = today - timedelta(days=season_demonstration.OPENED)
        assert all(each.published < opened < each.requests_close for each in planned), today


def test_the_calendar_beforehand_is_the_one_that_is_added(db_session):
    """Else what is planned by the first would break the second."""
    today = date(2027, 12, 25)
    begins = school_scene.at(seeding.begins_on(today))

    people.add_days(begins, today)

    found = seeding.school_queries.calendar(None)
    expected = people.school_calendar(today)
    first = found.terms[0].first_on
    assert [(t.first_on, t.last_on) for t in found.terms] == [
        (t.first_on, t.last_on) for t in expected.terms if t.first_on >= first
    ]
    assert first <= seeding.begins_on(today) + timedelta(days=60)
    days = [begins.date() + timedelta(days=n) for n in range(800)]
    assert [d for d in days if terms.is_school_day(found, d)] == [
        d for d in days if terms.is_school_day(expected, d)
    ]
