"""An answer to a family's mail reaches a person at the pupil's own school."""

import pytest

from booking.days.events import mail as event_mail
from booking.days.places import service as places
from booking.days.places.service import answering
from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.people.schools import service as school_service
from tests.builders import checkout, events, pupils, schools
from tests.builders import places as build
from tests.builders.stored import mails


@pytest.fixture
def school(db_session):
    return schools.make_school(name="Ashdale Primary School")


def coordinator(school, name):
    return schools.make_person(
        role=Role.COORDINATOR, school=school, name=name, email=f"{name.lower()}@ashdale.example"
    )


def named_by(school, actor):
    event = events.make_event(places=6)
    build.allot(event, {school: 1})
    pupil = pupils.make_pupil(school=school, year_group=event.low_year)
    with transaction():
        return places.name_pupil(
            actor=actor, now=clock.now(), event=event, school=school, pupil=pupil
        )


def test_it_reaches_the_coordinator_who_named_the_pupil(school):
    coordinator(school, "Anna")
    beth = coordinator(school, "Beth")

    booking = named_by(school, schools.actor_of(beth))

    assert answering.answers_to(booking) == "Beth <beth@ashdale.example>"


def test_it_reaches_another_if_that_one_is_no_longer_coordinator(school):
    coordinator(school, "Anna")
    beth = coordinator(school, "Beth")
    booking = named_by(school, schools.actor_of(beth))
    with transaction():
        [grant] = beth.grants
        school_service.revoke_role(actor=COMMAND, now=clock.now(), grant=grant)

    assert answering.answers_to(booking) == "Anna <anna@ashdale.example>"


def test_nobody_at_another_school_is_reached(school):
    other = schools.make_school(name="Birchwood School")
    lead = schools.make_person(role=Role.COORDINATOR, school=other, name="Cleo")

    booking = named_by(school, schools.actor_of(lead))

    assert answering.answers_to(booking) == ""


def test_the_first_coordinator_answers_for_what_nobody_at_the_school_did(school):
    coordinator(school, "Beth")
    coordinator(school, "Anna")

    booking = named_by(school, COMMAND)

    assert answering.answers_to(booking) == "Anna <anna@ashdale.example>"
    db.session.rollback()


def test_a_receipt_is_answered_by_the_home_school_and_says_which_booking_it_is_about(school):
    coordinator(school, "Anna")
    family = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE), school=school)
    checkout.answer(family)
    checkout.pay(family)

    for template in ("place_news", "receipt"):
        [mail] = mails(template)
        assert mail.reply_to == "Anna <anna@ashdale.example>"
        assert mail.about == f"booking:{family.booking.id}"


def test_invitations_and_changes_are_answered_by_the_home_school(school):
    coordinator(school, "Anna")
    booking = named_by(school, COMMAND)
    events.cancel_event(booking.event)

    [invited] = mails("invited")
    assert invited.reply_to == "Anna <anna@ashdale.example>"
    told = {mail.recipient: mail.reply_to for mail in mails("event_cancelled")}
    [parent] = booking.pupil.parents
    assert told[parent.email] == "Anna <anna@ashdale.example>"


def host(event, name):
    return schools.make_person(
        role=Role.HOST,
        school=event.host_school,
        name=name,
        email=f"{name.lower()}@host.example",
    )


def test_a_question_about_an_event_reaches_its_contact_at_the_host(db_session):
    event = events.make_event(contact_name="Hugo")
    for name in ("Gail", "Hugo"):
        host(event, name)

    assert event_mail.answers_to(event) == "Hugo <hugo@host.example>"


def test_without_a_contact_of_that_name_it_reaches_the_first_host(db_session):
    event = events.make_event(contact_name="The office")
    for name in ("Hugo", "Gail"):
        host(event, name)

    assert event_mail.answers_to(event) == "Gail <gail@host.example>"


def test_news_of_an_event_is_answered_by_its_host(school):
    coordinator(school, "Anna")
    hosting = schools.make_school(name="Harrow Lane School")
    schools.make_person(role=Role.HOST, school=hosting, name="Hugo", email="hugo@host.example")
    events.make_event(host=hosting)

    assert {mail.reply_to for mail in mails("event_published")} == {"Hugo <hugo@host.example>"}
