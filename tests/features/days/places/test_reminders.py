"""Schools that have not asked are reminded once, two school days before requests close."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.days.events.models import Sharing
from booking.days.places import service as places
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.people.schools import service as school_service
from tests.builders import events, schools
from tests.builders import places as build

pytestmark = pytest.mark.usefixtures("db_session")
#: A Thursday in term.
CLOSES_AT = events.london(2027, 3, 18, 16)


@pytest.fixture
def school():
    """Return a school that has a coordinator."""
    made = schools.make_school(name="Ash Primary School")
    schools.make_person(role=Role.COORDINATOR, school=made, email="ash@coordinators.example")
    return made


def closing(**details):
    """Return an event whose requests close on a Thursday at 4pm."""
    return events.make_event(requests_close_at=CLOSES_AT, **details)


def sweep(at):
    with transaction():
        return places.remind_schools(at)


def mails():
    return list(db.session.scalars(select(Message).where(Message.template == "requests_closing")))


def test_a_school_that_has_not_asked_is_told_once_two_school_days_before(school):
    closing(title="Puzzle day")

    assert sweep(CLOSES_AT - timedelta(days=2, minutes=1)) == 0
    assert sweep(CLOSES_AT - timedelta(days=2)) == 1
    assert sweep(CLOSES_AT - timedelta(hours=1)) == 0
    [mail] = mails()
    assert mail.recipient == "ash@coordinators.example"
    assert mail.subject == "Puzzle day: ask for places by 4pm on Thursday 18 March 2027"
    assert "Ash Primary School has not yet asked for places" in mail.text
    assert "4pm on Thursday 18 March 2027" in mail.html


def test_days_on_which_schools_are_closed_do_not_count(school):
    with transaction():
        school_service.add_closure(
            actor=COMMAND,
            now=clock.now(),
            school=None,
            first_on=CLOSES_AT.date(),
            last_on=CLOSES_AT.date(),
            reason="Election",
        )
        school_service.add_closure(
            actor=COMMAND,
            now=clock.now(),
            school=None,
            first_on=CLOSES_AT.date() - timedelta(days=2),
            last_on=CLOSES_AT.date() - timedelta(days=1),
            reason="Snow",
        )
    closing()

    # Friday 12 March and Monday 15 March are the last school days before.
    assert sweep(events.london(2027, 3, 11, 16)) == 0
    assert sweep(events.london(2027, 3, 12, 16)) == 1


def test_who_has_asked_left_or_has_none_of_the_years_is_not_told(school):
    event = closing()
    build.ask(event, school, 2)
    older = schools.make_school(low_year=7, high_year=13)
    left = schools.make_school()
    for other in (older, left):
        schools.make_person(role=Role.COORDINATOR, school=other)
    with transaction():
        school_service.leave_network(actor=COMMAND, now=clock.now(), school=left, on=clock.today())

    assert sweep(CLOSES_AT - timedelta(hours=1)) == 0


@pytest.mark.parametrize("sharing", [Sharing.FIRST_COME, Sharing.SET_QUOTAS])
def test_only_a_round_has_requests_that_close(school, sharing):
    events.make_event(sharing=sharing)

    assert sweep(clock.now() + timedelta(days=40)) == 0


def test_nobody_is_told_of_a_draft_of_a_cancelled_event_or_after_the_deadline(school):
    closing(published=False)
    events.cancel_event(closing())
    closing()

    assert sweep(CLOSES_AT) == 0
    assert mails() == []


def test_every_coordinator_is_told_and_another_event_is_another_mail(school):
    schools.make_person(role=Role.COORDINATOR, school=school)
    closing()
    closing()

    assert sweep(CLOSES_AT - timedelta(hours=1)) == 4


def test_many_mails_are_queued_some_at_a_time(school, monkeypatch):
    monkeypatch.setattr("booking.days.places.service.reminders.MAILS_PER_EVENT", 1)
    schools.make_person(role=Role.COORDINATOR, school=school)
    closing()

    assert [sweep(CLOSES_AT - timedelta(hours=1)) for _ in range(3)] == [1, 1, 0]
