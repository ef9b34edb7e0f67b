"""A published event changes: coordinators and parents concerned are told once, what and when."""

from dataclasses import replace
from datetime import datetime, timedelta

import icalendar
import pytest
from sqlalchemy import select

from booking.days.events import service as event_service
from booking.days.places import queries as place_queries
from booking.domain.booking_states import BookingState
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.clock import LONDON
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.people.pupils.models import ParentLink
from tests.builders import events, pupils, schools
from tests.builders import places as build

pytestmark = pytest.mark.usefixtures("db_session")
ADA = "ada.okoro@parents.example"


@pytest.fixture
def school(app):
    """A school whose coordinator holds places."""
    made = schools.make_school()
    schools.make_person(role=Role.COORDINATOR, school=made, email="holds@one.example")
    return made


@pytest.fixture
def event(school):
    """An event at which the school has named Ada, and another school asked only."""
    made = events.make_event()
    asked = schools.make_school()
    schools.make_person(role=Role.COORDINATOR, school=asked, email="asked@two.example")
    build.ask(made, asked, 2)
    build.make_booking(event=made, school=school, pupil=ada(school), state=BookingState.CONFIRMED)
    return made


def ada(school):
    return pupils.make_pupil(
        school=school, forename="Ada", surname="Okoro", parent_name="Sam Okoro", parent_email=ADA
    )


def change(event, *, actor=COMMAND, **changes):
    details = replace(event_service.details_of(event), **changes)
    with transaction():
        event_service.change(actor=actor, now=clock.now(), event=event, details=details)


def mails(template="event_changed"):
    statement = select(Message).where(Message.template == template).order_by(Message.recipient)
    return list(db.session.scalars(statement))


def told():
    return [mail.recipient for mail in mails()]


def test_coordinators_who_hold_or_asked_and_parents_are_told_what_changed(event, school):
    change(event, venue="Sports hall")

    assert told() == [ADA, "asked@two.example", "holds@one.example"]
    parents, asked, holds = mails()
    assert parents.subject == f"{school.name}: Ada’s event Puzzle day has changed"
    assert asked.subject == holds.subject == "Changed: Puzzle day"
    assert "This has changed: where it is." in parents.text
    assert f"Where: Sports hall, {event.host_school.name}, 1 School Lane" in parents.text
    assert "Okoro" not in parents.text.replace("Dear Sam Okoro", "")
    assert (
        "Ada still has a place. If it no longer suits you, tell us on the page below"
        in parents.text
    )
    assert "See the place:\nhttp" in parents.text
    assert "/parent/" in parents.text
    assert f"/school/events/{event.slug}/" in asked.text


def test_the_new_calendar_file_goes_with_the_mail(event):
    starts_at = event.first_starts_at + timedelta(days=7)
    change(event, dates=(events.one_date(starts_at),))

    mail = mails()[0]
    assert (mail.attachment_name, mail.attachment_type) == (
        f"{event.slug}.ics",
        "text/calendar; method=PUBLISH",
    )
    [entry] = icalendar.Calendar.from_ical(mail.attachment).events
    assert (entry["SEQUENCE"], entry.start) == (1, starts_at.astimezone(LONDON))


def test_a_school_with_no_part_in_it_is_not_told(event):
    schools.make_person(role=Role.COORDINATOR, school=schools.make_school())
    change(event, venue="Sports hall")

    assert told() == [ADA, "asked@two.example", "holds@one.example"]


def test_a_small_change_is_told_to_nobody(event):
    change(event, practicalities="Bring wellingtons.")

    assert told() == []


def test_each_change_is_told_once(event):
    change(event, venue="Sports hall")
    change(event, venue="Great hall")

    assert told() == [ADA] * 2 + ["asked@two.example"] * 2 + ["holds@one.example"] * 2


def test_whoever_hosts_and_coordinates_is_told_once(event, school):
    both = schools.make_person(role=Role.COORDINATOR, school=school, email="both@one.example")
    schools.grant(both, Role.HOST, event.host_school)
    change(event, venue="Sports hall")

    statement = select(Message.template).where(Message.recipient == "both@one.example")
    assert list(db.session.scalars(statement)) == ["hosted_event_changed"]


def test_whoever_hosts_and_coordinates_is_told_of_a_cancellation_once(event, school):
    both = schools.make_person(role=Role.COORDINATOR, school=school, email="both@one.example")
    schools.grant(both, Role.HOST, event.host_school)
    events.cancel_event(event)

    statement = select(Message.template).where(Message.recipient == "both@one.example")
    assert list(db.session.scalars(statement)) == ["hosted_event_cancelled"]


def test_whoever_made_the_change_is_not_told_of_it(event):
    changer = schools.person_of("holds@one.example")
    schools.grant(changer, Role.HOST, event.host_school)
    change(event, actor=schools.actor_of(changer), venue="Sports hall")

    assert told() == [ADA, "asked@two.example"]


def test_a_parent_of_two_pupils_is_told_once(event, school):
    sister = pupils.make_pupil(school=school, parent_name="Sam Okoro", parent_email=ADA)
    build.make_booking(event=event, school=school, pupil=sister)
    change(event, venue="Sports hall")

    assert told().count(ADA) == 1


def test_parents_of_reserves_and_of_those_who_declined_are_not_told(event, school):
    build.make_booking(event=event, school=school, state=BookingState.DECLINED)
    build.reserve(event, school)
    change(event, venue="Sports hall")

    assert told() == [ADA, "asked@two.example", "holds@one.example"]


def test_nobody_is_told_of_a_change_after_the_event(event, time_machine):
    time_machine.move_to(event.last_ends_at + timedelta(days=1))
    change(event, title="Puzzles of all kinds")

    assert told() == []


@pytest.fixture
def chess(school, event):
    """Another event a week later, where Ada has a place too."""
    made = events.make_event(
        title="Chess day", dates=[events.one_date(event.first_starts_at + timedelta(days=7))]
    )
    [booking] = place_queries.bookings_of(event.id, school.id)
    build.make_booking(event=made, school=school, pupil=booking.pupil)
    return made


def test_a_pupil_brought_to_two_events_at_once_is_told_to_the_own_coordinators(event, chess):
    change(event, dates=(events.one_date(chess.first_starts_at),))

    parents, asked, holds = mails()
    said = "Ada O. has a place at “Chess day” at the same time."
    assert [said in mail.text for mail in (parents, asked, holds)] == [False, False, True]
    assert said in holds.html.replace("&#8220;", "“")


def test_of_a_pupil_at_two_events_even_who_made_the_change_is_told(event, chess):
    changer = schools.person_of("holds@one.example")
    schools.grant(changer, Role.HOST, event.host_school)
    change(event, actor=schools.actor_of(changer), dates=(events.one_date(chess.first_starts_at),))

    assert "holds@one.example" in told()


def test_the_schools_page_says_who_is_expected_at_two_events(client, event, chess, school):
    change(event, dates=(events.one_date(chess.first_starts_at),))
    schools.sign_in(client, "holds@one.example")

    page = client.get(f"/school/events/{event.slug}/").text

    assert "Also has a place at “Chess day” at the same time" in page


def test_private_links_and_deadlines_follow_a_date_that_moves(event, school):
    booking = build.make_booking(event=event, school=school)
    link = db.session.scalars(select(ParentLink).order_by(ParentLink.id.desc())).first()
    later = events.one_date(event.first_starts_at + timedelta(days=70))
    change(event, dates=(later,))

    assert link.expires_at == later.ends_at + timedelta(days=14)

    soon = events.one_date(datetime(2027, 3, 3, 10, 0, tzinfo=LONDON))
    change(
        event,
        dates=(soon,),
        requests_close_at=soon.starts_at - timedelta(hours=9),
        naming_close_at=soon.starts_at - timedelta(hours=3),
    )

    assert booking.reply_by_at == soon.starts_at
