"""A role at a school goes to somebody at another only when the lead allows it."""

import re

import pytest

from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.people.schools import queries, service
from booking.people.schools.models import Invitation
from tests.builders import schools as build
from tests.features.people.schools.conftest import HERE

LEAD = "lead@fairplace.example"
THERE = "coordinator@millrace.example"
PASSWORD = "seven purple walruses"


def roles_of(email):
    db.session.rollback()
    grants = queries.grants_of(build.person_of(email).id)
    return {(grant.role, grant.school.slug if grant.school else None) for grant in grants}


def letters(template):
    db.session.rollback()
    found = db.session.query(Message).filter_by(template=template).order_by(Message.id)
    return [(mail.recipient, mail.text) for mail in found]


def newest():
    db.session.rollback()
    return db.session.query(Invitation).order_by(Invitation.id.desc()).first()


def invite(client, email=THERE, role="coordinator"):
    data = {"name": "A Colleague", "email": email, "role": role}
    return client.post("/school/colleagues", data=data, follow_redirects=True)


@pytest.mark.parametrize("role", ["coordinator", "host"])
def test_nothing_is_sent_to_another_school_until_the_lead_allows_it(app, lead, coordinator, role):
    answer = invite(coordinator, role=role)

    assert "Somebody at another school has this address" in answer.text
    assert "The lead decides" in answer.text
    assert letters("invitation") == []
    [(asked, text)] = letters("post_news")
    assert asked == LEAD
    assert "has invited Sunita Varma (coordinator@millrace.example)" in text
    assert "Decide who may be: " in lead.get("/admin/").text
    taker = app.test_client()
    build.sign_in(taker, THERE)
    assert taker.post(f"/account/offers/{newest().public_id}").status_code == 404
    assert roles_of(THERE) == {(Role.COORDINATOR, "millrace")}

    lead.post(f"/posts/invitations/{newest().public_id}/allow")
    lead.post(f"/posts/invitations/{newest().public_id}/allow")

    assert [to for to, _ in letters("invitation")] == [THERE]
    assert [to for to, text in letters("post_news") if "has allowed it" in text] == [HERE]
    assert db.session.query(AuditEntry).filter_by(action="allow_invitation").count() == 1
    taker.post(f"/account/offers/{newest().public_id}")
    assert roles_of(THERE) == {(Role.COORDINATOR, "millrace"), (Role(role), "hollow-lane")}


def test_nobody_but_the_lead_allows_it(coordinator):
    invite(coordinator)
    url = f"/posts/invitations/{newest().public_id}"

    assert coordinator.post(f"{url}/allow").status_code == 404
    coordinator.post(f"{url}/send-again")

    assert letters("invitation") == []


def test_the_lead_says_no_and_whoever_asked_hears_it(lead, coordinator):
    invite(coordinator)

    lead.post(f"/posts/invitations/{newest().public_id}/withdraw")

    told = [to for to, text in letters("post_news") if "will not get this role" in text]
    assert told == [HERE]
    assert roles_of(THERE) == {(Role.COORDINATOR, "millrace")}


def test_whoever_begins_elsewhere_after_the_mail_waits_for_the_lead_too(app, coordinator):
    invite(coordinator, "newcomer@elsewhere.example")
    [(_, text)] = letters("invitation")
    token = re.search(r"/invitations/(\S+)", text)[1]
    person = build.make_person(email="newcomer@elsewhere.example")
    with transaction():
        service.grant_role(
            actor=COMMAND,
            now=clock.now(),
            person=person,
            role=Role.HOST,
            school=queries.school_by_slug("millrace"),
        )

    page = app.test_client().get(f"/invitations/{token}")

    assert "The network lead decides first" in page.text


@pytest.mark.parametrize("email", ["newcomer@elsewhere.example", "treasurer@fairplace.example"])
def test_who_works_at_no_other_school_is_invited_at_once(coordinator, email):
    assert "We have sent an invitation to A Colleague." in invite(coordinator, email).text
    assert [to for to, _ in letters("invitation")] == [email]


def test_what_the_lead_invites_to_is_decided(lead):
    data = {"name": "A Colleague", "email": THERE}
    data |= {f"posts-{n}-{field}": "" for n in range(3) for field in ("role", "school")}
    data |= {"posts-0-role": "host", "posts-0-school": "hollow-lane"}
    lead.post("/admin/people/invite", data=data)

    assert [to for to, _ in letters("invitation")] == [THERE]


def test_an_address_is_not_corrected_to_one_of_another_school(coordinator):
    invite(coordinator, "newcomer@elsewhere.example")

    url = f"/posts/invitations/{newest().public_id}/address"
    answer = coordinator.post(url, data={"email": THERE})

    assert answer.status_code == 422
    assert "Somebody at another school has this address." in answer.text
    assert [to for to, _ in letters("invitation")] == ["newcomer@elsewhere.example"]
