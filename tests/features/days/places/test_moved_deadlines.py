"""The deadline for requests moves: late ones can become punctual; answered ones stay answered."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.days.events import refusals as event_refusals
from booking.days.events import service as event_service
from booking.days.places import queries
from booking.days.places import service as places
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from tests.builders import allocation, events, schools
from tests.builders import places as build

pytestmark = pytest.mark.usefixtures("db_session")
DAY = timedelta(days=1)


@pytest.fixture
def event(app):
    """A round of four places, for which one school asked on time and two after the deadline."""
    made = events.make_event(places=4)
    first, second, third = (schools.make_school(roll=60) for _ in range(3))
    build.ask(made, first, 2)
    build.ask(made, second, 1)
    late_at = allocation.after_deadline(made)
    build.ask(made, second, 3, now=late_at)
    build.ask(made, third, 2, now=late_at)
    return made


def move(event, requests_close_at, *, now):
    details = replace(event_service.details_of(event), requests_close_at=requests_close_at)
    with transaction():
        event_service.change(actor=COMMAND, now=now, event=event, details=details)


def lateness(event):
    return [(request.late, request.in_time) for request in queries.requests(event.id)]


def test_a_deadline_moved_on_lets_late_requests_be_in_time(event):
    late_at = allocation.after_deadline(event)
    assert lateness(event) == [(False, 0), (True, 1), (True, 0)]

    move(event, event.requests_close_at + DAY, now=late_at)

    assert lateness(event) == [(False, 0)] * 3
    told = db.session.scalars(
        select(AuditEntry.facts).where(AuditEntry.action == "accept_late_request")
    )
    assert [facts["wanted"] for facts in told] == [3, 2]


def test_whoever_asks_after_the_deadline_was_moved_on_gains_nothing_by_it(event):
    late_at = allocation.after_deadline(event)
    move(event, event.requests_close_at + DAY, now=late_at)
    last = schools.make_school(roll=60)
    build.ask(event, last, 3, now=late_at + timedelta(hours=1))

    allocation.run_round(event)

    assert list(queries.held(event.id).values()) == [1, 1, 1, 1]


def test_a_deadline_brought_forward_makes_nobody_late():
    made = events.make_event()
    build.ask(made, schools.make_school(), 2)

    move(made, clock.now() + timedelta(hours=1), now=clock.now())

    assert lateness(made) == [(False, 0)]


def test_requests_are_not_opened_again_once_the_places_have_been_shared(event):
    closed_at = event.requests_close_at
    allocation.run_round(event)
    now = allocation.after_deadline(event)

    with pytest.raises(event_refusals.EventRefused) as refused:
        move(event, closed_at + DAY, now=now)

    [problem] = refused.value.problems
    assert problem.field == "requests_close_at"
    assert problem.words.startswith(
        "The places have been shared out, so requests cannot be reopened."
    )
    assert event.requests_close_at == closed_at
    assert places.is_late(event, now)


def test_other_deadlines_still_move_after_the_round(event):
    allocation.run_round(event)
    later = event.naming_close_at + timedelta(hours=2)
    details = replace(event_service.details_of(event), naming_close_at=later)
    with transaction():
        event_service.change(
            actor=COMMAND, now=allocation.after_deadline(event), event=event, details=details
        )

    assert event.naming_close_at == later
