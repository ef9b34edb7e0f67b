"""A family asks its school something, says whose child it is not, and undoes a slip."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from booking.days.events.models import Event
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db
from booking.money.checkout.models import FamilyMatter, FamilyQuestion
from booking.people.pupils.models import ParentLink
from booking.upkeep import purging
from tests.builders import checkout, places, schools
from tests.builders.pupils import make_pupil
from tests.builders.stored import mails, state
from tests.page import soup, words


@pytest.fixture
def school(db_session):
    school = schools.make_school(name="Ashdale Primary School")
    schools.make_person(
        role=Role.COORDINATOR, school=school, name="Lee Lead", email="lead@ashdale.example"
    )
    return school


@pytest.fixture
def family(school):
    return checkout.make_family(checkout.make_fee_event(FeeKind.FREE, places=1), school=school)


def asked():
    db.session.rollback()
    return db.session.scalars(select(FamilyQuestion).order_by(FamilyQuestion.id)).all()


def ask(client, family, text):
    return client.post(f"{family.url}/ask", data={"text": text})


def test_a_question_reaches_the_coordinator_who_answers_the_parent(client, family):
    assert "I need to ask something" in words(soup(client.get(family.url)))

    response = ask(client, family, "May she bring her own lunch?")

    assert response.location == family.url
    assert "Your question has been sent to Ashdale Primary School" in words(
        soup(client.get(family.url))
    )
    (question,) = asked()
    assert (question.matter, question.text) == (
        FamilyMatter.QUESTION,
        "May she bring her own lunch?",
    )
    (mail,) = mails("family_question")
    assert mail.recipient == "lead@ashdale.example"
    assert "sam.okoro@parents.example" in mail.reply_to
    assert "May she bring her own lunch?" in mail.text
    assert "Okoro" not in mail.subject
    stored = db.session.connection().exec_driver_sql("SELECT text FROM family_questions").one()
    assert "lunch" not in stored[0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("  ", "Write what you would like to ask."),
        ("why " * 200, "Keep this to 500 characters or fewer."),
    ],
)
def test_a_question_needs_some_words_and_not_too_many(client, family, text, sentence):
    response = ask(client, family, text)

    assert response.status_code == 422
    assert sentence in words(soup(response))
    assert soup(response).find(id="text").get_text().strip() == text.strip()
    assert asked() == []


def test_the_same_question_sent_twice_is_one(client, family):
    for _ in range(2):
        ask(client, family, "May she bring her own lunch?")

    assert len(asked()) == 1
    assert len(mails("family_question")) == 1


def test_the_sixth_question_of_a_day_is_refused_and_kept_on_the_page(client, family, time_machine):
    for number in range(5):
        ask(client, family, f"Question {number}")

    refused = ask(client, family, "One more")

    assert refused.status_code == 422
    assert "Please ring Ashdale Primary School instead" in words(soup(refused))
    assert soup(refused).find(id="text").get_text().strip() == "One more"
    assert len(asked()) == 5
    time_machine.move_to(clock.now() + timedelta(days=1, minutes=1))
    assert ask(client, family, "One more").status_code == 303


def test_a_link_that_reached_a_stranger_ends_and_the_school_has_a_task(client, family):
    assert "This is not my child" in words(soup(client.get(family.url)))
    other = checkout.link(family.booking, family.parent)

    response = client.post(f"{family.url}/not-mine")

    after = client.get(response.location)
    assert after.status_code == 410
    assert "Ashdale Primary School has been told" in words(soup(after))
    assert client.get(other.url).status_code == 410, "every link of that person ends"
    assert state(family) is BookingState.INVITED
    (question,) = asked()
    assert question.matter is FamilyMatter.NOT_MINE
    (mail,) = mails("family_question")
    assert mail.recipient == "lead@ashdale.example"
    assert "parents.example" not in mail.reply_to
    assert (
        db.session.scalar(
            select(func.count()).select_from(ParentLink).where(ParentLink.revoked_at.is_(None))
        )
        == 0
    )


def test_questions_are_deleted_thirty_days_after_the_event(client, family, time_machine):
    ask(client, family, "May she bring her own lunch?")
    ended_at = db.session.get_one(Event, family.booking.event_id).last_ends_at

    for days, left in ((29, 1), (30, 0)):
        purging.purge(ended_at + timedelta(days=days))
        assert len(asked()) == left


def test_a_decline_is_undone_on_the_next_page_and_the_reply_goes_on(client, family):
    client.post(f"{family.url}/decline")
    page = words(soup(client.get(family.url)))
    assert "Was that a slip?" in page

    undone = client.post(f"{family.url}/take-again")

    assert undone.location != family.url
    page = words(soup(client.get(undone.location)))
    assert "The place is kept again. Please send your reply." in page
    assert "Yes, Ada can come" in page
    assert state(family) is BookingState.INVITED


def test_after_ten_minutes_it_is_no_longer_called_a_slip(client, family, time_machine):
    client.post(f"{family.url}/decline")
    time_machine.move_to(clock.now() + timedelta(minutes=10, seconds=1))

    page = words(soup(client.get(family.url)))

    assert "Was that a slip?" not in page
    assert "Would Ada still like the place?" in page


def test_undo_says_that_the_place_has_gone_to_whoever_waited(client, school, family):
    waiting = make_pupil(school=school, year_group=family.booking.pupil.year_group)
    places.reserve(family.booking.event, school, waiting)
    client.post(f"{family.url}/decline")

    page = words(soup(client.get(family.url)))
    assert "Was that a slip?" not in page
    assert "This cannot be undone here: the place has already been passed on" in page
    client.post(f"{family.url}/take-again")

    assert state(family) is BookingState.DECLINED


def test_the_school_reads_answers_and_settles_it(app, client, school, family):
    ask(client, family, "May she bring her own lunch?")
    person = schools.make_person(role=Role.COORDINATOR, school=school)
    browser = app.test_client()
    schools.sign_in(browser, person)
    assert "A parent of" in words(soup(browser.get("/school/")))
    address = f"/school/questions/{asked()[0].public_id}"

    page = words(soup(browser.get(address)))
    assert "May she bring her own lunch?" in page
    assert "sam.okoro@parents.example" in page
    browser.post(address)

    assert asked()[0].settled_at is not None
    assert "asks something" not in words(soup(browser.get("/school/")))
