"""Members of staff and associates are invited, see network life alone, and are not handed over."""

import pytest
from sqlalchemy import select

from booking.domain import permissions
from booking.domain.permissions import LIFE_ROLES, RULES, Action, Grant, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.people.schools import service
from booking.people.schools.models import InvitationRole
from tests.builders import schools

COLLEGE = "Tallow Hill Sixth Form College"
#: What everybody with an account may do; which meetings and files depends on who they are.
ANYBODY = {action for action, rule in RULES.items() if rule.anyone}


@pytest.mark.parametrize("role", sorted(LIFE_ROLES))
def test_they_may_see_network_life_and_do_nothing_else(role):
    at = 1 if role is Role.STAFF else None
    actor = permissions.Actor(person_id=7, grants=frozenset({Grant(role, at)}))

    may = {action for action in Action if permissions.may(actor, action)}

    assert may == ANYBODY | {Action.SEE_NETWORK_LIFE}


def test_a_coordinator_invites_a_member_of_staff_who_joins(app, client, db_session):
    school = schools.make_school()
    coordinator = schools.make_person(role=Role.COORDINATOR, school=school)
    now = clock.now()
    with transaction():
        token = service.invite(
            actor=schools.actor_of(coordinator),
            now=now,
            email="imogen@school.example",
            name="Imogen Farrow",
            offers=[service.RoleOffer(Role.STAFF, school)],
        )
    imogen = schools.make_person(email="imogen@school.example", name="Imogen Farrow")
    with transaction():
        service.accept_invitation(now=now, token=token, person=imogen)

    [grant] = imogen.grants
    assert (grant.role, grant.school_id, grant.announced_at) == (Role.STAFF, school.id, None)
    schools.sign_in(client, imogen)
    assert client.get("/resources/").status_code == 200
    assert [client.get(url).status_code for url in ("/school/", "/who-is-who")] == [404, 404]


def test_only_the_lead_invites_associates_and_says_where_they_come_from(db_session):
    school = schools.make_school()
    coordinator = schools.make_person(role=Role.COORDINATOR, school=school)
    lead = schools.make_person(role=Role.LEAD)
    offer = service.RoleOffer(Role.ASSOCIATE, institution=COLLEGE)

    def invite(by, offered):
        with transaction():
            service.invite(
                actor=schools.actor_of(by),
                now=clock.now(),
                email="quist@tallow-hill.example",
                name="Bartholomew Quist",
                offers=[offered],
            )

    with pytest.raises(service.NotYoursToGive):
        invite(coordinator, offer)
    with pytest.raises(service.RoleRefused, match="Say which institution"):
        invite(lead, service.RoleOffer(Role.ASSOCIATE))
    with pytest.raises(service.RoleRefused, match="Only associates"):
        invite(lead, service.RoleOffer(Role.AUDITOR, institution=COLLEGE))
    invite(lead, offer)

    rows = db.session.execute(select(InvitationRole.role, InvitationRole.institution)).all()
    assert rows == [(Role.ASSOCIATE, COLLEGE)]


def test_an_associates_role_is_told_with_its_institution_and_is_not_handed_over(client, db_session):
    lead = schools.make_person(role=Role.LEAD)
    quist = schools.make_person(role=Role.ASSOCIATE, institution=COLLEGE)
    [grant] = quist.grants
    schools.sign_in(client, lead)

    page = client.get(f"/admin/people/{quist.public_id}")

    assert f"Associate from {COLLEGE}" in page.text
    assert "Hand over" not in page.text
    with pytest.raises(service.RoleRefused, match="Invite the new person instead"):
        service.ask_whom(actor=schools.actor_of(lead), grant=grant, email="new@college.example")


def test_the_form_asks_for_an_associates_institution_and_keeps_what_was_typed(client, db_session):
    schools.sign_in(client, schools.make_person(role=Role.LEAD))
    typed = {"name": "B Quist", "email": "b@college.example", "posts-0-role": "associate"}
    typed |= {f"posts-{number}-school": "" for number in range(3)}
    typed |= {f"posts-{number}-role": "" for number in (1, 2)}

    refused = client.post("/admin/people/invite", data=typed)
    sent = client.post("/admin/people/invite", data={**typed, "posts-0-institution": COLLEGE})

    assert refused.status_code == 422
    assert "Say which institution the associate comes from." in refused.text
    assert "B Quist" in refused.text
    assert sent.status_code == 303
