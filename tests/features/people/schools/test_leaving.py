"""Somebody leaves a school or the network: features hear of it, once for each way of leaving."""

import pytest

from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
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
