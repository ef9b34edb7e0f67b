"""Somebody leaves a school or the network: features hear of it, once for each way of leaving."""

import pytest
from sqlalchemy import select

from booking.domain.keeping.others import ACCOUNTS
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.people.schools import announcements, service
from booking.people.schools.models import Person, School
from tests.builders import schools

COLLEGE = "Tallow Hill Sixth Form College"


@pytest.fixture
def heard(db_session):
    """Provide what was announced: who left, the names of their schools, whether they are gone."""
    said = []

    def hear(person, *, school_ids, is_gone, actor, now):
        names = sorted(db.session.get_one(School, id_).name for id_ in school_ids)
        said.append((person.name, names, is_gone))

    with announcements.left.instead(hear):
        yield said


@pytest.fixture
def somebody(db_session):
    """Provide a host and member of staff of one school, who is also staff of another."""
    ashdale = schools.make_school(name="Ashdale School")
    birchwood = schools.make_school(name="Birchwood School")
    person = schools.make_person(role=Role.HOST, school=ashdale, name="Sam Somebody")
    schools.grant(person, Role.STAFF, ashdale)
    schools.grant(person, Role.STAFF, birchwood)
    return person


def do(act, **facts):
    with transaction():
        act(actor=COMMAND, now=clock.now(), **facts)


def revoke(person, role, school_name=""):
    held = [
        grant
        for grant in db.session.get_one(Person, person.id, populate_existing=True).grants
        if grant.role is role and (grant.school.name if grant.school else "") == school_name
    ]
    do(service.revoke_role, grant=held[0])


def test_the_last_role_at_a_school_and_then_in_the_network_is_announced(somebody, heard):
    revoke(somebody, Role.HOST, "Ashdale School")
    assert heard == []
    revoke(somebody, Role.STAFF, "Ashdale School")
    assert heard == [("Sam Somebody", ["Ashdale School"], False)]
    revoke(somebody, Role.STAFF, "Birchwood School")
    assert heard[1:] == [("Sam Somebody", ["Birchwood School"], True)]


@pytest.mark.parametrize("ending", [service.disable_person, service.forget_person])
def test_whoever_loses_the_account_leaves_every_school(somebody, heard, ending):
    do(ending, person=somebody)
    assert heard == [("Sam Somebody", ["Ashdale School", "Birchwood School"], True)]


def test_everybody_leaves_with_their_school_but_for_what_they_are_elsewhere(somebody, heard):
    ashdale = next(grant.school for grant in somebody.grants if grant.role is Role.HOST)
    schools.make_person(role=Role.COORDINATOR, school=ashdale, name="Una Only")
    do(service.leave_network, school=ashdale, on=clock.now().date())
    assert sorted(heard) == [
        ("Sam Somebody", ["Ashdale School"], False),
        ("Una Only", ["Ashdale School"], True),
    ]


def test_an_associate_is_gone_with_the_role_and_a_network_role_alone_is_no_school(heard):
    associate = schools.make_person(role=Role.ASSOCIATE, institution=COLLEGE, name="Ada")
    treasurer = schools.make_person(role=Role.TREASURER, name="Tom")
    schools.grant(treasurer, Role.LEAD)
    revoke(associate, Role.ASSOCIATE)
    revoke(treasurer, Role.TREASURER)
    assert heard == [("Ada", [], True)]


def test_a_member_of_staff_leaves_by_themselves_and_their_coordinators_are_told(
    app, db_session, heard
):
    school = schools.make_school(name="Ashdale School")
    coordinator = schools.make_person(role=Role.COORDINATOR, school=school)
    person = schools.make_person(role=Role.STAFF, school=school, name="Sam Staff")
    browser = schools.as_(app, person)
    page = browser.get("/account/leave").text
    assert "Member of staff at Ashdale School: this role ends." in page
    assert ACCOUNTS.time.school_years == 1, "the page says so in words"

    left = browser.post("/account/leave", follow_redirects=True)

    assert "Your account is closed" in left.text
    assert heard == [("Sam Staff", ["Ashdale School"], True)]
    again = db.session.get_one(Person, person.id, populate_existing=True)
    assert (again.disabled_at is not None, again.grants) == (True, [])
    [mail] = db.session.scalars(select(Message).where(Message.template == "post_news"))
    assert (mail.recipient, "Sam Staff has left" in mail.text) == (coordinator.email, True)
    assert browser.get("/account/", check=False).status_code == 302


def test_an_associate_leaves_and_a_coordinator_hands_over_first(app, somebody, heard):
    associate = schools.make_person(role=Role.ASSOCIATE, institution=COLLEGE, name="Ada")
    lead = schools.make_person(role=Role.LEAD)
    schools.as_(app, associate).post("/account/leave")
    assert heard == [("Ada", [], True)]
    assert lead.email in [row.recipient for row in db.session.scalars(select(Message))]

    browser = schools.as_(app, somebody)
    assert "Hand this over first" in browser.get("/account/leave").text
    refused = browser.post("/account/leave", check=False)
    assert (refused.status_code, len(heard)) == (422, 1)


def test_a_role_that_is_handed_over_is_left(somebody, heard):
    birchwood = next(grant.school for grant in somebody.grants if grant.school.name[0] == "B")
    leaver = schools.make_person(role=Role.COORDINATOR, school=birchwood, name="Lee Leaver")
    to = {"email": somebody.email, "name": ""}
    with transaction():
        offered = service.offer_post(
            actor=schools.actor_of(leaver), now=clock.now(), grant=leaver.grants[0], **to
        )
    with transaction():
        service.accept_offered(now=clock.now(), invitation=offered, person=somebody)
    assert heard == [("Lee Leaver", ["Birchwood School"], True)]
