"""A parent has lost the private link, or passed it on: the school sends a new one."""

import re

import pytest
from sqlalchemy import select

from booking.days.places import service
from booking.domain.booking_states import BookingState
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.people.pupils.details import ParentDetails
from booking.people.pupils.models import ParentLink
from tests.builders import checkout, pupils, schools
from tests.builders.events import make_event
from tests.builders.places import make_booking
from tests.page import soup, words

NGOZI = ParentDetails("Ngozi Okoro", "ngozi@parents.example")
SAM = ParentDetails("Sam Lane", "sam@parents.example")


def make(*parents, state=BookingState.CONFIRMED):
    school = schools.make_school()
    pupil = pupils.make_pupil(school=school, forename="Ada", surname="Byron", parents=parents)
    return make_booking(event=make_event(), school=school, pupil=pupil, state=state)


def send(booking):
    with transaction():
        return service.send_new_links(actor=COMMAND, now=clock.now(), booking=booking)


def open_links():
    db.session.rollback()
    rows = select(ParentLink.token_hash).where(ParentLink.revoked_at.is_(None))
    return set(db.session.scalars(rows))


def mails():
    db.session.rollback()
    statement = select(Message).where(Message.template == "new_link").order_by(Message.recipient)
    return db.session.scalars(statement).all()


def test_every_parent_gets_a_new_link_and_the_old_ones_end(db_session):
    booking = make(NGOZI, SAM)
    before = open_links()

    sent = send(booking)

    assert [parent.name for parent in sent] == ["Ngozi Okoro", "Sam Lane"]
    assert [mail.recipient for mail in mails()] == [NGOZI.email, SAM.email]
    assert len(open_links()) == 2
    assert open_links().isdisjoint(before)


def test_the_subject_says_which_school_writes_and_about_which_child(db_session):
    booking = make(NGOZI)
    send(booking)

    subject = f"{booking.school.name}: your new link about Ada and Puzzle day"
    assert [mail.subject for mail in mails()] == [subject]


@pytest.mark.parametrize(
    ("parents", "state", "said"),
    [
        ([], BookingState.INVITED, "We have no e-mail address for Ada Byron’s parents. Add one"),
        ([NGOZI], BookingState.DECLINED, "Ada Byron no longer has a place at this event."),
    ],
)
def test_no_link_is_sent_to_nobody_or_to_nothing(db_session, parents, state, said):
    booking = make(*parents, state=state)
    before = open_links()

    with pytest.raises(service.PlaceRefused, match=said):
        send(booking)

    assert open_links() == before
    assert mails() == []


@pytest.fixture
def family(db_session):
    return checkout.make_family(make_event())


@pytest.fixture
def coordinator(client, family):
    person = schools.make_person(role=Role.COORDINATOR, school=family.booking.school)
    schools.sign_in(client, person)
    return client


def page_of(family):
    return f"/school/bookings/{family.booking.public_id}/link"


def test_the_coordinator_sees_who_is_written_to_and_sends_it(coordinator, family):
    listed = coordinator.get(f"/school/events/{family.booking.event.slug}/")
    asked = coordinator.get(page_of(family))

    said = coordinator.post(page_of(family), follow_redirects=True)

    assert page_of(family) in listed.text
    assert "sam.okoro@parents.example" in words(soup(asked).main)
    assert "A new link is on the way to Sam Okoro." in words(soup(said))
    assert coordinator.get(family.url).status_code == 410
    (mail,) = mails()
    address = re.search(r"/parent/\S+", mail.text)
    assert coordinator.get(address[0]).status_code == 200


def test_a_pupil_who_was_withdrawn_meanwhile_is_said_so(coordinator, family):
    with transaction():
        service.withdraw(actor=COMMAND, now=clock.now(), booking=family.booking)

    refused = coordinator.post(page_of(family))

    assert refused.status_code == 422
    assert "no longer has a place at this event" in words(soup(refused).find(id="error-summary"))
    assert mails() == []
