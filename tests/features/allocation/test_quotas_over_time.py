"""Quotas while the event changes around them: the published record tells what was given."""

from dataclasses import replace
from datetime import timedelta

import pytest

from booking import clock
from booking.allocation import service as allocation
from booking.db import transaction
from booking.domain.permissions import COMMAND
from booking.events import problems
from booking.events import service as event_service
from booking.events.models import Sharing
from booking.places import service as places
from tests.builders import events, schools

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
    with pytest.raises(problems.EventRefused, match="released"):
        change(event, released_at, release_at=released_at + timedelta(days=1))
    assert event.release_at == released_at
