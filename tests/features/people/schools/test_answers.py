"""Mail about the network's own work is answered by whoever called, opened or invited."""

import pytest
from flask import Flask

from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.people.schools import passwords
from booking.people.schools import queries as school_queries
from booking.people.schools import service as school_service
from booking.people.schools.models import Person
from tests.builders import meetings, schools, seasons
from tests.builders.stored import mails

LEAD = "Lena Lead <lena@network.example>"


@pytest.fixture
def lead(db_session: object) -> Person:
    return schools.make_person(role=Role.LEAD, name="Lena Lead", email="lena@network.example")


def test_somebody_who_can_sign_in_answers_and_otherwise_the_lead(lead: Person) -> None:
    anna = schools.make_person(role=Role.AUDITOR, name="Anna Bell", email="anna@network.example")
    assert school_queries.person_or_lead(anna.id) == "Anna Bell <anna@network.example>"
    with transaction():
        school_service.disable_person(actor=COMMAND, now=clock.now(), person=anna)

    assert school_queries.person_or_lead(anna.id) == LEAD
    assert school_queries.person_or_lead(None) == LEAD


def test_without_a_lead_the_network_answers(app: Flask, db_session: object) -> None:
    schools.make_person(role=Role.COORDINATOR, school=schools.make_school())
    meetings.make_meeting()

    network, address = app.config["NETWORK_NAME"], app.config["CONTACT_EMAIL"]
    assert {mail.reply_to for mail in mails("meeting_called")} == {f"{network} <{address}>"}


def test_meetings_and_season_plans_are_answered_by_the_lead(lead: Person) -> None:
    school = schools.make_school(low_year=0, high_year=11)
    schools.make_person(role=Role.COORDINATOR, school=school)
    meetings.make_meeting()
    seasons.open_plan(seasons.make_events(2, 2))

    for template in ("meeting_called", "plan_opened"):
        assert {mail.reply_to for mail in mails(template)} == {LEAD}


def test_an_invitation_and_a_role_are_answered_by_whoever_gave_them(lead: Person) -> None:
    now, actor = clock.now(), schools.actor_of(lead)
    offer = school_service.RoleOffer(Role.AUDITOR)
    person = schools.make_person(role=Role.TREASURER)
    with transaction():
        school_service.invite(
            actor=actor, now=now, email="new@elsewhere.example", name="Nina New", offers=[offer]
        )
        school_service.grant_role(actor=actor, now=now, person=person, role=Role.AUDITOR)

    for template in ("invitation", "role_given"):
        assert [mail.reply_to for mail in mails(template)] == [LEAD]


def test_a_changed_password_is_answered_by_the_lead_and_a_lost_one_by_the_network(
    app: Flask, lead: Person
) -> None:
    password = passwords.hashed("a long enough password")
    with transaction():
        school_service.change_password(
            actor=schools.actor_of(lead), now=clock.now(), person=lead, password=password
        )
        school_service.ask_reset(now=clock.now(), email=lead.email)

    [changed], [lost] = mails("password_changed"), mails("password_reset")
    assert changed.reply_to == LEAD
    assert app.config["CONTACT_EMAIL"] in lost.reply_to
