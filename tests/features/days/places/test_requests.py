"""Asking for places: before the deadline, after it, and first come, first served."""

from datetime import timedelta

import pytest

from booking.days.events.models import Sharing
from booking.days.places import queries
from booking.days.places import service as places
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import transaction
from tests.builders import events, pupils, schools
from tests.builders import places as build

pytestmark = pytest.mark.usefixtures("db_session")


def ask(event, school, wanted, **more):
    with transaction():
        return places.request_places(
            actor=COMMAND,
            now=more.pop("now", clock.now()),
            event=event,
            school=school,
            wanted=wanted,
            **more,
        )


def test_a_published_event_has_its_places_and_nobody_holds_them():
    event = events.make_event(places=12)
    assert queries.places_left([event.id]) == {event.id: 12}
    assert queries.held(event.id) == {}


def test_a_school_asks_for_places_and_changes_its_mind_before_the_deadline():
    event, school = events.make_event(), schools.make_school()
    ask(event, school, 4)
    request = ask(event, school, 6)
    assert (request.wanted, request.late, request.arrival) == (6, False, 1)
    assert queries.held(event.id) == {}


def test_a_request_taken_back_before_the_deadline_leaves_nothing_behind():
    event, school = events.make_event(), schools.make_school()
    ask(event, school, 4)
    with transaction():
        places.withdraw_request(actor=COMMAND, now=clock.now(), event=event, school=school)
    assert queries.requests(event.id) == []


def test_a_request_after_the_deadline_stands_behind():
    event, school = events.make_event(), schools.make_school()
    after = event.requests_close_at + timedelta(minutes=1)
    assert ask(event, school, 4, now=after).late


def test_what_is_asked_for_beyond_the_deadline_is_late_and_the_rest_is_not():
    event, school = events.make_event(), schools.make_school()
    ask(event, school, 3)
    request = ask(event, school, 5, now=event.requests_close_at + timedelta(minutes=1))
    assert (request.late, request.in_time) == (True, 3)
    request = ask(event, school, 3, now=event.requests_close_at + timedelta(minutes=2))
    assert (request.late, request.in_time) == (False, 0)


def test_the_hosts_own_school_may_ask():
    host = schools.make_school()
    assert ask(events.make_event(host=host), host, 2).wanted == 2


@pytest.mark.parametrize("wanted", [0, -1])
def test_a_request_for_nothing_is_refused(wanted):
    event, school = events.make_event(), schools.make_school()
    with pytest.raises(places.WantsNothing, match="Ask for at least 1 place"):
        ask(event, school, wanted)
    assert queries.requests(event.id) == []


def test_more_places_than_pupils_are_asked_for_only_by_a_school_that_is_sure():
    event, school = events.make_event(low_year=5, high_year=6), schools.make_school()
    pupils.make_pupil(school=school, year_group=5)
    pupils.make_pupil(school=school, year_group=2)
    with pytest.raises(places.MoreThanPupils, match="You have 1 pupil in Years 5 to 6"):
        ask(event, school, 2)
    assert ask(event, school, 2, sure=True).wanted == 2


def test_without_a_list_of_pupils_the_roll_says_how_many_there_are():
    event, school = events.make_event(low_year=5, high_year=6), schools.make_school(roll=70)
    with pytest.raises(places.MoreThanPupils, match="You have 20 pupils"):
        ask(event, school, 21)


def test_a_school_without_the_years_of_the_event_is_refused():
    event = events.make_event(low_year=5, high_year=6)
    infants = schools.make_school(name="Little Oaks", low_year=0, high_year=2)
    with pytest.raises(places.YearsDoNotMeet, match="is for Years 5 to 6; Little Oaks has"):
        ask(event, infants, 2)


def test_a_draft_a_cancelled_and_a_past_event_take_no_requests():
    school = schools.make_school()
    draft = events.make_event(published=False)
    cancelled = events.cancel_event(events.make_event())
    past = events.make_event()
    for event, now, words in (
        (draft, clock.now(), "not published yet"),
        (cancelled, clock.now(), "has been cancelled"),
        (past, past.first_starts_at, "already begun"),
    ):
        with pytest.raises(places.EventNotOpen, match=words):
            ask(event, school, 2, now=now)


def test_first_come_gives_at_once_up_to_the_cap_and_the_rest_waits():
    event = events.make_event(sharing=Sharing.FIRST_COME, places=5, cap_per_school=3)
    first, second, third = (schools.make_school() for _ in range(3))
    ask(event, first, 4)
    ask(event, second, 3)
    ask(event, third, 2)
    assert queries.held(event.id) == {first.id: 3, second.id: 2}
    assert queries.place_in_line(event, second.id) == 1
    assert queries.place_in_line(event, third.id) == 2
    assert queries.place_in_line(event, first.id) is None


def test_to_ask_for_more_at_a_first_come_event_is_to_arrive_again():
    event = events.make_event(sharing=Sharing.FIRST_COME, places=2)
    first, second = schools.make_school(), schools.make_school()
    ask(event, first, 1)
    ask(event, second, 2)
    ask(event, first, 2)
    assert queries.held(event.id) == {first.id: 1, second.id: 1}
    assert queries.line_of(event).next_schools() == [second.id, first.id]


def test_a_school_may_not_ask_for_less_than_it_holds():
    event, school = events.make_event(sharing=Sharing.FIRST_COME), schools.make_school()
    ask(event, school, 3)
    with pytest.raises(places.LessThanHeld, match="You already have 3 places"):
        ask(event, school, 2)


def test_after_a_round_what_nobody_waits_for_is_given_at_once():
    event = events.make_event(places=5)
    first, second = schools.make_school(), schools.make_school()
    build.allot(event, {first: 3})
    ask(event, second, 4, now=event.requests_close_at + timedelta(days=1))
    assert queries.held(event.id) == {first.id: 3, second.id: 2}
    assert queries.place_in_line(event, second.id) == 1


def test_a_set_quota_is_kept_for_its_school_until_the_release_date():
    event = events.make_event(sharing=Sharing.SET_QUOTAS, places=6)
    first, second = schools.make_school(), schools.make_school()
    with transaction():
        places.set_quota(actor=COMMAND, now=clock.now(), event=event, school=first, quota=4)
    ask(event, second, 6)
    assert queries.held(event.id) == {first.id: 4}
    build.name(event, first)
    with transaction():
        assert places.release_quotas(event.release_at) == 3
    assert queries.held(event.id) == {first.id: 1}
    assert build.open_offer(second, event) is not None
    assert queries.places_left([event.id]) == {event.id: 0}


def test_quotas_cannot_exceed_the_places_or_take_a_named_pupils_place():
    event = events.make_event(sharing=Sharing.SET_QUOTAS, places=4)
    first, second = schools.make_school(), schools.make_school()

    def quota(school, number):
        with transaction():
            places.set_quota(
                actor=COMMAND, now=clock.now(), event=event, school=school, quota=number
            )

    quota(first, 3)
    with pytest.raises(places.QuotaImpossible, match="only 1 of the 4 places"):
        quota(second, 2)
    build.name(event, first)
    build.name(event, first)
    with pytest.raises(places.QuotaImpossible, match="named pupils for 2"):
        quota(first, 1)
    quota(first, 2)
    quota(second, 2)
    assert queries.held(event.id) == {first.id: 2, second.id: 2}
