"""Invitations: who may invite whom to what, and what happens to the link."""

import re
from datetime import timedelta

import pytest

from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.foundation.notifications.models import Message
from booking.people.schools import queries, service
from booking.people.schools.models import Invitation
from tests.builders import schools as build

NEW = "seven purple walruses"
EMAIL = "newcomer@hollow-lane.example"


def invite(*posts, email=EMAIL, by="lead@fairplace.example"):
    with transaction():
        return service.invite(
            actor=build.actor_of(build.person_of(by)),
            now=clock.now(),
            email=email,
            name="Nadia Newcomer",
            offers=[service.RoleOffer(*post) for post in posts],
        )


def accept(client, token, password=NEW):
    return client.post(
        f"/invitations/{token}", data={"name": "Nadia Newcomer", "password": password}
    )


def roles_of(email):
    grants = queries.grants_of(build.person_of(email).id)
    return {(grant.role, grant.school.slug if grant.school else None) for grant in grants}


def form(*posts, name="Nadia Newcomer", email=EMAIL):
    data = {"name": name, "email": email}
    for number, (role, school) in enumerate([*posts, ("", ""), ("", ""), ("", "")][:3]):
        data |= {f"posts-{number}-role": role, f"posts-{number}-school": school}
    return data


def test_the_lead_invites_somebody_new_to_two_roles(app, lead, db_session):
    sent = lead.post(
        "/admin/people/invite", data=form(("coordinator", "millrace"), ("treasurer", ""))
    )
    assert sent.location == "/admin/invitations/"

    [mail] = db_session.query(Message).filter_by(template="invitation").all()
    assert mail.keep_until == db_session.query(Invitation).one().expires_at
    assert (mail.recipient, "Coordinator at Millrace First School" in mail.text) == (EMAIL, True)
    token = re.search(r"/invitations/(\S+)", mail.text)[1]
    visitor = app.test_client()
    assert "Marguerite Ellwood invites" in visitor.get(f"/invitations/{token}").text

    taken = accept(visitor, token)

    assert taken.location == "/school/"
    assert roles_of(EMAIL) == {(Role.COORDINATOR, "millrace"), (Role.TREASURER, None)}
    assert visitor.get("/account/").status_code == 200


def test_a_person_with_an_account_signs_in_and_accepts(app, network):
    token = invite((Role.HOST, network["millrace"]), email="coordinator@hollow-lane.example")
    visitor = app.test_client()
    assert "Add this to your account" in visitor.get(f"/invitations/{token}").text

    wrong = visitor.post(f"/invitations/{token}", data={"password": "wrong"})
    assert wrong.status_code == 422
    visitor.post(f"/invitations/{token}", data={"password": "enrichment-days-demo"})

    assert (Role.HOST, "millrace") in roles_of("coordinator@hollow-lane.example")
    assert visitor.get("/account/").status_code == 200


def test_whoever_is_signed_in_accepts_with_one_button(coordinator, network):
    token = invite((Role.HOST, network["hollow-lane"]), email="coordinator@hollow-lane.example")

    assert "password" not in coordinator.get(f"/invitations/{token}").text.lower()
    accepted = coordinator.post(f"/invitations/{token}")
    assert accepted.status_code == 303

    welcome = "Welcome. You are now host at Hollow Lane First School."
    assert welcome in coordinator.get(accepted.location).text
    assert (Role.HOST, "hollow-lane") in roles_of("coordinator@hollow-lane.example")


def test_somebody_else_who_is_signed_in_does_not_get_the_role(coordinator, network):
    token = invite((Role.LEAD,), email="treasurer@fairplace.example")

    answer = coordinator.post(f"/invitations/{token}")

    assert answer.status_code == 422
    assert roles_of("coordinator@hollow-lane.example") == {(Role.COORDINATOR, "hollow-lane")}


def test_looking_at_an_invitation_changes_nothing(app, network):
    token = invite((Role.COORDINATOR, network["millrace"]))
    scanner = app.test_client()

    assert {scanner.get(f"/invitations/{token}").status_code for _ in range(5)} == {200}
    assert {scanner.head(f"/invitations/{token}", check=False).status_code for _ in range(5)} == {
        200
    }

    assert accept(app.test_client(), token).status_code == 303


def test_an_invitation_works_once(app, network):
    token = invite((Role.LEAD,))
    accept(app.test_client(), token)

    again = accept(app.test_client(), token)

    assert again.status_code == 404
    assert "This invitation is no longer open" in again.text


def test_old_used_withdrawn_and_unknown_invitations_look_alike(app, network, time_machine):
    used, withdrawn, old = (
        invite((Role.LEAD,), email=f"{n}@elsewhere.example") for n in ("used", "back", "old")
    )
    accept(app.test_client(), used)
    with transaction():
        found = service.find_open(token=withdrawn, now=clock.now())
        service.withdraw_invitation(actor=COMMAND, now=clock.now(), invitation=found)
    time_machine.move_to(clock.now() + timedelta(days=15))

    answers = [app.test_client().get(f"/invitations/{t}") for t in (used, withdrawn, old, "none")]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


def test_a_new_persons_weak_password_is_refused_and_the_link_stays(app, network):
    token = invite((Role.LEAD,))

    assert accept(app.test_client(), token, "short").status_code == 422
    assert accept(app.test_client(), token, "newcomer at school").status_code == 422
    assert accept(app.test_client(), token).status_code == 303


def test_the_database_keeps_no_token_in_clear(network, db_session):
    token = invite((Role.LEAD,))

    [row] = db_session.query(Invitation).all()
    assert token not in (row.token_hash, row.public_id)


def test_a_newer_invitation_to_the_same_post_replaces_the_older(app, network):
    first = invite((Role.COORDINATOR, network["millrace"]))
    second = invite((Role.COORDINATOR, network["millrace"]))
    other_post = invite((Role.HOST, network["millrace"]))

    assert app.test_client().get(f"/invitations/{first}").status_code == 404
    assert app.test_client().get(f"/invitations/{second}").status_code == 200
    assert app.test_client().get(f"/invitations/{other_post}").status_code == 200


def test_an_invitation_is_sent_again_with_a_new_link(app, lead, network, db_session):
    first = invite((Role.LEAD,))
    [row] = db_session.query(Invitation).all()

    lead.post(f"/posts/invitations/{row.public_id}/send-again")

    newest = db_session.query(Message).filter_by(template="invitation").all()[-1]
    second = re.search(r"/invitations/(\S+)", newest.text)[1]
    assert app.test_client().get(f"/invitations/{first}").status_code == 404
    assert app.test_client().get(f"/invitations/{second}").status_code == 200


def test_what_a_closed_account_offered_is_withdrawn(app, network):
    build.grant(build.person_of("treasurer@fairplace.example"), Role.LEAD)
    token = invite((Role.LEAD,), by="treasurer@fairplace.example")

    with transaction():
        service.disable_person(
            actor=COMMAND, now=clock.now(), person=build.person_of("treasurer@fairplace.example")
        )

    assert app.test_client().get(f"/invitations/{token}").status_code == 404


def test_a_coordinator_invites_a_colleague_at_the_own_school(app, coordinator, db_session):
    data = {"name": "Nadia Newcomer", "email": EMAIL, "role": "coordinator"}
    assert coordinator.post("/school/colleagues", data=data).location == "/school/colleagues"
    assert "Nadia Newcomer" in coordinator.get("/school/colleagues").text

    [mail] = db_session.query(Message).filter_by(template="invitation").all()
    accept(app.test_client(), re.search(r"/invitations/(\S+)", mail.text)[1])

    assert roles_of(EMAIL) == {(Role.COORDINATOR, "hollow-lane")}


@pytest.mark.parametrize("role", ["lead", "treasurer", "auditor", "day_staff"])
def test_a_coordinator_offers_no_role_of_the_network(coordinator, db_session, role):
    data = {"name": "Nadia Newcomer", "email": EMAIL, "role": role}

    assert coordinator.post("/school/colleagues", data=data).status_code == 422
    assert db_session.query(Invitation).count() == 0


@pytest.mark.parametrize(
    ("by", "post"),
    [
        ("coordinator@hollow-lane.example", (Role.COORDINATOR, "millrace")),
        ("coordinator@hollow-lane.example", (Role.LEAD, None)),
        ("coordinator@hollow-lane.example", (Role.DAY_STAFF, None, 1)),
        ("host@millrace.example", (Role.HOST, "millrace")),
        ("host@millrace.example", (Role.COORDINATOR, "millrace")),
        ("treasurer@fairplace.example", (Role.TREASURER, None)),
        ("auditor@fairplace.example", (Role.AUDITOR, None)),
    ],
)
def test_nobody_offers_a_role_that_is_not_theirs_to_give(network, by, post):
    role, slug, *event = post

    with pytest.raises(service.NotYoursToGive):
        invite((role, network.get(slug), *event), by=by)


@pytest.mark.parametrize(
    "post",
    [(Role.COORDINATOR,), (Role.HOST,), (Role.DAY_STAFF,), (Role.LEAD, "millrace")],
)
def test_a_role_is_offered_whole(network, post):
    role, *slug = post

    with pytest.raises(service.RoleRefused):
        invite((role, *(network[s] for s in slug)))


@pytest.mark.parametrize(
    ("posts", "told"),
    [
        ([], "Choose at least one role."),
        ([("coordinator", "")], "Choose the school."),
        ([("lead", "millrace")], "leave the school empty"),
    ],
)
def test_the_form_explains_what_is_missing(lead, db_session, posts, told):
    answer = lead.post("/admin/people/invite", data=form(*posts))

    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="Nadia Newcomer"' in answer.text
    assert db_session.query(Invitation).count() == 0


def test_whoever_holds_the_role_is_not_invited_to_it(lead):
    answer = lead.post(
        "/admin/people/invite", data=form(("lead", ""), email="lead@fairplace.example")
    )

    assert answer.status_code == 422
    assert "already has this role" in answer.text


def test_another_schools_invitation_is_not_there(coordinator, network, db_session):
    invite((Role.COORDINATOR, network["millrace"]))
    [row] = db_session.query(Invitation).all()

    assert "Nadia" not in coordinator.get("/school/colleagues").text
    for what in ("withdraw", "send-again"):
        assert coordinator.post(f"/posts/invitations/{row.public_id}/{what}").status_code == 404


def test_a_name_with_line_breaks_does_not_reach_the_mail(lead, db_session):
    lead.post(
        "/admin/people/invite",
        data=form(("lead", ""), name="Nadia\r\nBcc: everybody@elsewhere.example"),
    )

    [row] = db_session.query(Invitation).all()
    assert "\n" not in row.name
    assert "\r" not in row.name


def open_invitation(db_session, email="nadai@hollow-lane.example"):
    return db_session.query(Invitation).filter_by(email=email).one().public_id


def test_the_lead_corrects_a_mistyped_address(app, lead, db_session):
    old = invite((Role.TREASURER,), email="nadai@hollow-lane.example")
    url = f"/posts/invitations/{open_invitation(db_session)}/address"
    assert url in lead.get("/admin/invitations/").text

    sent = lead.post(url, data={"email": EMAIL})

    assert sent.location == "/admin/invitations/"
    mail = db_session.query(Message).filter_by(template="invitation", recipient=EMAIL).one()
    token = re.search(r"/invitations/(\S+)", mail.text)[1]
    assert accept(app.test_client(), old).status_code == 404
    assert accept(app.test_client(), token).status_code == 303
    assert roles_of(EMAIL) == {(Role.TREASURER, None)}


def test_a_coordinator_corrects_the_address_of_a_colleague_and_of_nobody_else(
    coordinator, network, db_session
):
    invite((Role.HOST, network["hollow-lane"]), email="nadai@hollow-lane.example")
    own = open_invitation(db_session)
    invite((Role.HOST, network["millrace"]), email="other@millrace.example")
    other = open_invitation(db_session, "other@millrace.example")

    sent = coordinator.post(f"/posts/invitations/{own}/address", data={"email": EMAIL})
    refused = coordinator.post(f"/posts/invitations/{other}/address", data={"email": EMAIL})

    assert sent.location == "/school/colleagues"
    assert refused.status_code == 404


@pytest.mark.parametrize(
    ("email", "told"),
    [
        ("nadai", "is not an e-mail address"),
        ("nadai@hollow-lane.example", "The invitation was sent to this address."),
        ("lead@fairplace.example", "already has this role"),
    ],
)
def test_an_address_that_does_not_correct_anything_is_refused(lead, db_session, email, told):
    invite((Role.LEAD,), email="nadai@hollow-lane.example")
    url = f"/posts/invitations/{open_invitation(db_session)}/address"

    refused = lead.post(url, data={"email": email})

    assert refused.status_code == 422
    assert told in refused.text
    assert db_session.query(Message).count() == 1


def test_an_answered_invitation_keeps_its_address(app, lead, db_session):
    token = invite((Role.TREASURER,))
    url = f"/posts/invitations/{open_invitation(db_session, EMAIL)}/address"
    accept(app.test_client(), token)

    refused = lead.post(url, data={"email": "other@hollow-lane.example"})

    assert refused.status_code == 422
    assert "answered or withdrawn" in refused.text
