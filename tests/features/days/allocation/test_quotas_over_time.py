"""Quotas while the event changes: the published record says what was given."""

from dataclasses import replace
from datetime import timedelta

import pytest

from booking.days.allocation import service as allocation
from booking.days.events import refusals as event_refusals
from booking.days.events import service as event_service
from booking.days.events.models import Sharing
from booking.days.places import queries as place_queries
from booking.days.places import service as places
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import transaction
from tests.builders import allocation as allotted
from tests.builders import events, schools
from tests.builders import places as build

pytestmark = pytest.mark.usefixtures("db_session")


def change(event, now, **facts):
    details = replace(event_service.details_of(event), **facts)
    with transaction():
        event_service.change(actor=COMMAND, now=now, event=event, details=details)


def quotas(**facts):
    school = schools.make_school()
    event = events.make_event(sharing=Sharing.SET_QUOTAS, **facts)
    with transaction():
        allocation.set_quotas(actor=COMMAND, now=clock.now(), event=event, quotas={school.slug: 3})
    return event, school


def test_quotas_given_back_and_taken_off_the_event_are_published_as_they_were_given():
    event, school = quotas(places=3)
    with transaction():
        places.give_back_places(actor=COMMAND, now=clock.now(), event=event, school=school, count=2)
    change(event, clock.now(), places=1)
    with transaction():
        allocation.publish_quotas(event.release_at)
    assert list(allocation.problems()) == []


def test_the_release_of_quotas_is_not_moved_once_it_has_passed():
    event, _school = quotas(places=3)
    released_at = event.release_at
    with pytest.raises(event_refusals.EventRefused, match="already gone to other schools"):
        change(event, released_at, release_at=released_at + timedelta(days=1))
    assert event.release_at == released_at


def set_quota(event, school, quota):
    allotted.set_quotas(event, {school: quota}, now=clock.now())
    return place_queries.request_of(event.id, school.id)


def wishes(request):
    return request.quota, request.wanted, request.wants_now


def line_after_release(event):
    """Return who is offered the places that nobody holds on the release date."""
    with transaction():
        places.release_quotas(event.release_at)
    return place_queries.line_of(event).next_schools()


def test_a_lowered_quota_leaves_no_wish_behind_that_the_school_never_had():
    event, school = quotas(places=6)
    assert wishes(set_quota(event, school, 5)) == (5, 5, 5)
    assert wishes(set_quota(event, school, 2)) == (2, 2, 2)
    assert line_after_release(event) == []
    assert place_queries.open_offers(school_id=school.id) == []


def test_a_lowered_quota_leaves_what_the_school_has_asked_for_by_itself():
    event, school = quotas(places=6)
    build.ask(event, school, 4)
    assert wishes(set_quota(event, school, 5)) == (5, 4, 5)
    assert wishes(set_quota(event, school, 1)) == (1, 4, 4)
    line_after_release(event)
    # It named nobody in time, so it has lost its places and is no longer waiting.
    assert place_queries.open_offers(school_id=school.id) == []


def test_a_request_made_before_the_quota_stays_what_it_was():
    school = schools.make_school()
    event = events.make_event(sharing=Sharing.SET_QUOTAS, places=6)
    build.ask(event, school, 3)
    assert wishes(set_quota(event, school, 5)) == (5, 3, 5)
    assert wishes(set_quota(event, school, 2)) == (2, 3, 3)
    assert wishes(set_quota(event, school, 0)) == (0, 3, 3)


def test_a_quota_of_none_leaves_no_request_where_the_school_had_not_asked():
    event, school = quotas(places=6)
    assert set_quota(event, school, 0) is None
    assert place_queries.held(event.id) == {}
    assert set_quota(event, school, 1).quota == 1


def test_a_school_with_a_quota_that_asks_for_more_is_in_the_line_for_the_rest():
    event, school = quotas(places=6)
    build.ask(event, school, 4)
    for _ in range(3):
        build.name(event, school)
    line_after_release(event)
    assert len(place_queries.open_offers(school_id=school.id)) == 1
