"""Who is told when a place comes back or time runs out, and reserves once the day has come."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.days.events.models import EventState
from booking.days.places import service as places
from booking.domain.booking_states import BookingState
from booking.domain.permissions import COMMAND, PARENT, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from tests.builders import events, pupils, schools
from tests.builders import places as build

pytestmark = pytest.mark.usefixtures("db_session")
ADA = "sam.okoro@parents.example"


@pytest.fixture
def school(app):
    """A school with one coordinator."""
    made = schools.make_school()
    schools.make_person(role=Role.COORDINATOR, school=made, email="cora@one.example")
    return made


@pytest.fixture
def event(school):
    """An event at which the school holds one place, for Ada."""
    return events.make_event()


@pytest.fixture
def booking(event, school):
    """Ada Okoro, invited."""
    pupil = pupils.make_pupil(
        school=school, forename="Ada", surname="Okoro", parent_name="Sam Okoro", parent_email=ADA
    )
    made = build.make_booking(event=event, school=school, pupil=pupil)
    with transaction():
        build.tell(made)
    return made


def reserve_ben(event, school):
    ben = pupils.make_pupil(school=school, forename="Ben", surname="Khan")
    return build.reserve(event, school, ben)


def do(service, booking, *, actor=PARENT):
    with transaction():
        service(actor=actor, now=clock.now(), booking=booking)


def sweep(job, *, at=None):
    with transaction():
        return job(at or clock.now())


def mails(template):
    statement = select(Message).where(Message.template == template).order_by(Message.id)
    return list(db.session.scalars(statement))


def returned():
    [mail] = mails("place_returned")
    assert (mail.recipient, mail.subject) == (
        "cora@one.example",
        "A place at Puzzle day has come back",
    )
    assert "Okoro" not in mail.text
    return mail.text


def test_a_declined_place_is_told_with_the_reserve_who_has_it_now(event, booking, school):
    ben = reserve_ben(event, school)
    do(places.decline, booking)

    text = returned()
    assert "The parents of Ada O. have said that the pupil is not coming" in text
    assert "Your next reserve, Ben K., now has the place." in text
    assert ben.state is BookingState.INVITED


def test_without_a_reserve_the_place_goes_to_the_line_and_may_be_asked_for_again(booking):
    do(places.decline, booking)

    text = returned()
    assert "it goes to the next school in the queue" in text
    assert "ask for one on the page below" in text


def test_a_confirmed_place_given_back_by_the_parent_is_told(booking):
    do(places.confirm, booking)
    do(places.withdraw, booking)

    assert "The parents of Ada O. have said" in returned()


def test_an_invitation_that_lapses_is_told_to_school_and_parent(booking, time_machine):
    time_machine.move_to(booking.reply_by_at + timedelta(minutes=1))
    sweep(places.lapse_overdue)

    assert "did not reply about “Puzzle day” in time" in returned()
    [mail] = mails("invitation_lapsed")
    assert (mail.recipient, mail.subject) == (
        ADA,
        f"{booking.school.name}: the time to reply about Ada and Puzzle day is over",
    )
    assert "for Ada until" in mail.text
    assert "this will not count against Ada" in mail.text
    assert "/parent/" not in mail.text


def test_a_second_sweep_tells_nobody_again(booking, time_machine):
    time_machine.move_to(booking.reply_by_at + timedelta(minutes=1))

    assert [sweep(places.lapse_overdue) for _ in range(2)] == [1, 0]
    assert (len(mails("place_returned")), len(mails("invitation_lapsed"))) == (1, 1)


def test_a_pupil_named_again_who_lapses_again_is_told_again(event, booking, school, time_machine):
    do(places.decline, booking)
    build.hold(event, school)
    build.name(event, school, booking.pupil)
    with transaction():
        build.tell(booking)
    time_machine.move_to(booking.reply_by_at + timedelta(minutes=1))
    sweep(places.lapse_overdue)

    assert len(mails("place_returned")) == 2


def test_what_a_coordinator_does_is_told_to_the_other_one_only_for_a_parents_no(booking, school):
    cora = schools.actor_of(schools.person_of("cora@one.example"))
    schools.make_person(role=Role.COORDINATOR, school=school, email="otto@one.example")
    do(places.decline, booking, actor=cora)  # as written on a slip of paper

    assert [mail.recipient for mail in mails("place_returned")] == ["otto@one.example"]


def test_a_pupil_withdrawn_by_the_school_is_told_to_nobody(booking):
    cora = schools.actor_of(schools.person_of("cora@one.example"))
    do(places.withdraw, booking, actor=cora)

    assert mails("place_returned") == []


def test_a_lapse_long_after_the_event_is_told_to_nobody(event, booking, time_machine):
    time_machine.move_to(event.last_ends_at + timedelta(days=3))
    sweep(places.lapse_overdue)

    assert booking.state is BookingState.LAPSED
    assert mails("place_returned") + mails("invitation_lapsed") == []


def test_reserves_of_an_event_that_begins_lapse_and_nobody_is_written_to(event, booking, school):
    ben = reserve_ben(event, school)
    before = len(db.session.scalars(select(Message)).all())

    assert sweep(places.lapse_reserves, at=event.first_starts_at - timedelta(minutes=1)) == 0
    assert ben.state is BookingState.RESERVE
    assert sweep(places.lapse_reserves, at=event.first_starts_at) == 1
    assert (ben.state, ben.reserve_rank, ben.ended_at) == (
        BookingState.LAPSED,
        None,
        event.first_starts_at,
    )
    assert sweep(places.lapse_reserves, at=event.first_starts_at) == 0
    assert len(db.session.scalars(select(Message)).all()) == before


def test_after_the_naming_date_a_reserve_still_moves_up(event, booking, school, time_machine):
    ben = reserve_ben(event, school)
    do(places.confirm, booking)
    time_machine.move_to(event.naming_close_at + timedelta(hours=1))
    for job in (places.return_unnamed, places.lapse_reserves):
        sweep(job)
    assert ben.state is BookingState.RESERVE

    do(places.withdraw, booking)

    assert ben.state is BookingState.INVITED


def test_reserves_of_a_closed_event_lapse_too(event, booking, school, time_machine):
    ben = reserve_ben(event, school)
    time_machine.move_to(event.last_ends_at + timedelta(days=1))
    with transaction():
        event.state = EventState.CLOSED
    sweep(places.lapse_reserves)

    assert ben.state is BookingState.LAPSED


def test_reserves_of_other_events_go_on_waiting(event, booking, school):
    build.reserve(event, school)
    later = events.make_event(dates=[events.one_date(event.first_starts_at + timedelta(days=7))])
    waiting = build.reserve(later, school)
    sweep(places.lapse_reserves, at=event.first_starts_at)

    assert waiting.state is BookingState.RESERVE


def test_the_worker_lets_reserves_lapse(app, event, booking, school, time_machine):
    from booking import worker

    ben = reserve_ben(event, school)
    time_machine.move_to(event.first_starts_at + timedelta(minutes=1))
    job = next(job for job in worker.jobs() if "reserves" in job.name)

    assert job.run() == 1
    assert ben.state is BookingState.LAPSED


def test_a_command_that_declines_tells_the_school(booking):
    do(places.decline, booking, actor=COMMAND)

    assert returned()
