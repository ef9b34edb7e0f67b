"""Posts are given and removed; accounts are closed and reopened."""

import pytest

from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import transaction
from booking.people.schools import queries, service
from tests.builders import schools as build

LEAD = "lead@fairplace.example"
HERE = "coordinator@hollow-lane.example"
THERE = "coordinator@millrace.example"


def post_of(email, role=None):
    grants = queries.grants_of(build.person_of(email).id)
    return next(grant for grant in grants if role in (None, grant.role)).public_id


def roles_of(email):
    grants = queries.grants_of(build.person_of(email).id)
    return {(grant.role, grant.school.slug if grant.school else None) for grant in grants}


def url_of(email, rest=""):
    return f"/admin/people/{build.person_of(email).public_id}{rest}"


def test_the_lead_gives_a_post(lead):
    answer = lead.post(url_of(HERE, "/roles"), data={"role": "host", "school": "millrace"})

    assert answer.location == url_of(HERE)
    assert roles_of(HERE) == {(Role.COORDINATOR, "hollow-lane"), (Role.HOST, "millrace")}


@pytest.mark.parametrize(
    ("role", "school", "told"),
    [
        ("", "", "Choose a role."),
        ("coordinator", "", "Choose the school."),
        ("lead", "millrace", "leave the school empty"),
        ("coordinator", "hollow-lane", "already has this role"),
        ("day_staff", "", "Choose one of these roles."),
    ],
)
def test_a_post_that_cannot_be_given_is_explained(lead, role, school, told):
    answer = lead.post(url_of(HERE, "/roles"), data={"role": role, "school": school})

    assert answer.status_code == 422
    assert told in answer.text
    assert roles_of(HERE) == {(Role.COORDINATOR, "hollow-lane")}


def test_a_post_taken_away_is_gone_at_once_and_written_down(lead, coordinator, db_session):
    lead.post(f"/posts/{post_of(HERE)}/revoke")

    assert coordinator.get("/school/details").status_code == 302
    assert roles_of(HERE) == set()
    [entry] = db_session.query(AuditEntry).filter_by(action="revoke_role").all()
    assert entry.facts == {"role": "coordinator", "event_id": None}


def test_the_last_lead_cannot_be_taken_away_or_closed(lead, network):
    lead.post(f"/posts/{post_of(LEAD)}/revoke")
    actor = build.actor_of(build.person_of(LEAD))
    with pytest.raises(service.PersonRefused), transaction():
        service.disable_person(actor=actor, now=clock.now(), person=build.person_of(LEAD))
    with pytest.raises(service.LastLead), transaction():
        service.disable_person(actor=COMMAND, now=clock.now(), person=build.person_of(LEAD))

    assert (Role.LEAD, None) in roles_of(LEAD)


def test_a_closed_lead_does_not_count_as_a_lead(lead, network):
    build.grant(build.person_of("auditor@fairplace.example"), Role.LEAD)
    lead.post(url_of("auditor@fairplace.example", "/close"))

    lead.post(f"/posts/{post_of(LEAD)}/revoke")

    assert (Role.LEAD, None) in roles_of(LEAD)


def test_an_account_is_closed_and_opened_again_with_its_roles(lead, coordinator, app):
    assert lead.post(url_of(HERE, "/close")).location == url_of(HERE)
    assert coordinator.get("/account/").status_code == 302
    assert "This account is closed" in lead.get(url_of(HERE)).text

    lead.post(url_of(HERE, "/open"))

    build.sign_in(app.test_client(), HERE)
    assert roles_of(HERE) == {(Role.COORDINATOR, "hollow-lane")}


def test_a_coordinator_sees_no_other_schools_posts(coordinator):
    for email in (THERE, "treasurer@fairplace.example", LEAD):
        assert coordinator.get(f"/posts/{post_of(email)}/hand-over").status_code == 404
        assert coordinator.post(f"/posts/{post_of(email)}/revoke").status_code == 404
    assert coordinator.get("/posts/no-such-post/hand-over").status_code == 404
    assert roles_of(THERE) == {(Role.COORDINATOR, "millrace")}


def test_a_host_does_not_take_posts_of_the_own_school_away(app, network):
    host = app.test_client()
    build.sign_in(host, "host@millrace.example")

    assert host.post(f"/posts/{post_of(THERE)}/revoke").status_code == 404
    assert host.get("/school/colleagues").status_code == 404


def test_an_auditor_changes_no_post(app, network):
    auditor = app.test_client()
    build.sign_in(auditor, "auditor@fairplace.example")

    assert auditor.post(f"/posts/{post_of(HERE)}/revoke").status_code == 404
    assert auditor.post(url_of(HERE, "/close")).status_code == 404
    own = url_of("auditor@fairplace.example", "/roles")
    assert auditor.post(own, data={"role": "lead"}).status_code == 404


def test_services_refuse_a_post_that_is_not_the_actors_to_take(network):
    [grant] = queries.grants_of(build.person_of(THERE).id)

    with pytest.raises(service.NotYoursToGive), transaction():
        service.revoke_role(
            actor=build.actor_of(build.person_of(HERE)), now=clock.now(), grant=grant
        )


def test_a_coordinator_of_two_schools_chooses_which_to_act_for(coordinator, network):
    build.grant(build.person_of(HERE), Role.COORDINATOR, network["millrace"])
    assert "Hollow Lane First School" in coordinator.get("/school/details").text

    assert coordinator.post("/school/choose", data={"school": "millrace"}).status_code == 303
    assert "Millrace First School" in coordinator.get("/school/details").text

    assert coordinator.post("/school/choose", data={"school": "st-wulfrida"}).status_code == 404
    assert coordinator.post("/school/choose", data={"school": "nowhere"}).status_code == 404
