"""A parent has another private link sent to the address that the school has, and to no other."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from booking.days.places import service as places
from booking.days.places.service import invitations
from booking.domain.booking_states import BookingState
from booking.domain.permissions import COMMAND, VISITOR
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.people.pupils.details import ParentDetails
from booking.people.pupils.models import ParentLink
from tests.builders import pupils, schools
from tests.builders.events import make_event, one_date
from tests.builders.places import make_booking
from tests.builders.stored import mails
from tests.page import check_page, soup, words

NGOZI = ParentDetails("Ngozi Okoro", "ngozi@parents.example")
SAM = ParentDetails("Sam Lane", "sam@parents.example")


@pytest.fixture
def booking(db_session):
    school = schools.make_school(name="Ashdale School", office_phone="01632 960001")
    pupil = pupils.make_pupil(school=school, forename="Ada", parents=[NGOZI, SAM])
    return make_invited(make_event(), school, pupil)


def make_invited(event, school, pupil):
    booking = make_booking(event=event, school=school, pupil=pupil, state=BookingState.CONFIRMED)
    with transaction():
        for parent in invitations.reachable_parents(booking):
            invitations.new_link(event, booking, parent, now=clock.now())
    return booking


def ask(email):
    with transaction():
        places.send_lost_links(actor=VISITOR, now=clock.now(), email=email)
    db.session.rollback()
    return mails("another_link")


def links():
    db.session.rollback()
    return set(db.session.scalars(select(ParentLink.token_hash)))


def asked_in_trail():
    wanted = select(func.count()).where(AuditEntry.action == "ask_lost_link")
    return db.session.scalar(wanted)


def test_a_parent_gets_a_link_that_opens_and_the_other_parent_nothing(client, booking):
    before = links()

    [mail] = ask(" Ngozi@Parents.example ")

    assert mail.recipient == NGOZI.email
    assert mail.subject == "Ashdale School: your private link about Ada and Puzzle day"
    assert "telephone 01632 960001" in mail.text
    [path] = re.findall(r"https?://[^/]+(/parent/\S+)", mail.text)
    assert client.get(path).status_code == 200
    assert before < links()
    assert len(links() - before) == 1
    assert asked_in_trail() == 1


def test_earlier_links_go_on_working(client, booking):
    with transaction():
        _, url = invitations.new_link(
            booking.event, booking, booking.pupil.parents[0], now=clock.now()
        )
    ask(NGOZI.email)

    assert client.get("/parent/" + url.rsplit("/", 1)[1]).status_code == 200


def test_one_mail_for_each_place(booking):
    later = one_date(booking.event.first_starts_at + timedelta(days=7))
    event = make_event(title="Fossil hunt", dates=[later])
    other = make_invited(event, booking.school, booking.pupil)

    assert {mail.about for mail in ask(NGOZI.email)} == {
        f"booking:{booking.id}",
        f"booking:{other.id}",
    }


def test_an_unknown_address_leaves_nothing_behind(booking):
    before = links()

    assert ask("nobody@parents.example") == []
    assert links() == before
    assert asked_in_trail() == 0


def test_a_parent_taken_off_the_list_gets_nothing(booking):
    with transaction():
        booking.pupil.parents.remove(booking.pupil.parents[0])
    gone = ({NGOZI.email, SAM.email} - {parent.email for parent in booking.pupil.parents}).pop()

    assert ask(gone) == []


def test_links_that_the_school_ended_or_that_are_past_are_not_revived(booking, time_machine):
    with transaction():
        invitations.end_links(booking, now=clock.now())
    assert ask(NGOZI.email) == []

    with transaction():
        places.send_new_links(actor=COMMAND, now=clock.now(), booking=booking)
    time_machine.move_to(booking.event.last_ends_at + timedelta(days=14))
    assert ask(NGOZI.email) == []


def test_the_answer_is_the_same_whoever_asks(client, booking):
    answers = []
    for email in (NGOZI.email, "nobody@parents.example"):
        answer = client.post("/lost-link", data={"email": email})
        assert (answer.status_code, answer.location) == (303, "/lost-link/sent")
        answers.append(client.get(answer.location).get_data())

    assert answers[0] == answers[1]
    assert len(mails("another_link")) == 1


def test_an_address_of_the_wrong_form_is_explained(client, booking):
    answer = client.post("/lost-link", data={"email": "Ngozi"})

    assert answer.status_code == 422
    assert "Enter an e-mail address in the right form" in words(check_page(answer))


def test_it_may_be_asked_for_three_times_an_hour_known_or_not(client, booking):
    for email in (NGOZI.email, "nobody@parents.example"):
        sent = [client.post("/lost-link", data={"email": email}).status_code for _ in range(4)]
        assert sent == [303, 303, 303, 429]


def test_the_page_of_a_dead_link_leads_there(client, booking):
    page = soup(client.get("/parent/unknown"))

    assert page.find("a", href="/lost-link") is not None
