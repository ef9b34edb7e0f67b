"""Nobody gives themselves a role, and nobody gets one unseen."""

from datetime import timedelta

import pytest

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.people.schools import queries, service
from booking.people.schools.models import Invitation
from tests.builders import schools as build

LEAD = "lead@fairplace.example"
TREASURER = "treasurer@fairplace.example"
AUDITOR = "auditor@fairplace.example"
HERE = "coordinator@hollow-lane.example"
THERE = "coordinator@millrace.example"
NEW = "new.colleague@hollow-lane.example"


def url_of(email, rest=""):
    return f"/admin/people/{build.person_of(email).public_id}{rest}"


def grant_of(email, role):
    grants = queries.grants_of(build.person_of(email).id)
    return next(grant for grant in grants if grant.role is role)


def roles_of(email):
    db.session.rollback()
    return {grant.role for grant in queries.grants_of(build.person_of(email).id)}


def told():
    db.session.rollback()
    found = db.session.query(Message).filter_by(template="post_news").order_by(Message.id)
    return [message.recipient for message in found]


@pytest.mark.parametrize("post", [("coordinator", "hollow-lane"), ("treasurer", "")])
def test_a_lead_gives_themselves_nothing_and_reads_whom_to_ask(lead, post):
    wanted = dict(zip(("role", "school"), post, strict=True))
    alone = lead.post(url_of(LEAD, "/roles"), data=wanted)
    build.grant(build.person_of(AUDITOR), Role.LEAD)
    with_another = lead.post(url_of(LEAD, "/roles"), data=wanted)

    assert (alone.status_code, with_another.status_code) == (422, 422)
    assert "Invite a second lead first" in alone.text
    assert f"Ask another network lead: {build.person_of(AUDITOR).name}." in with_another.text
    assert roles_of(LEAD) == {Role.LEAD}


def test_nor_by_an_invitation_or_a_handover_to_oneself(lead):
    data = {
        "name": "The lead",
        "email": LEAD,
        "posts-0-role": "coordinator",
        "posts-0-school": "hollow-lane",
        "posts-1-role": "",
        "posts-1-school": "",
        "posts-2-role": "",
        "posts-2-school": "",
    }
    invited = lead.post("/admin/people/invite", data=data)
    grant = grant_of(TREASURER, Role.TREASURER)
    taken = lead.post(f"/posts/{grant.public_id}/hand-over", data={"name": "Me", "email": LEAD})

    for answer in (invited, taken):
        assert answer.status_code == 422
        assert "You cannot give yourself a role" in answer.text
    assert db.session.query(Invitation).count() == 0


def test_nor_by_moving_to_an_address_that_they_invited(network, db_session):
    person = build.person_of(LEAD)
    with transaction():
        token = service.invite(
            actor=build.actor_of(person),
            now=clock.now(),
            email="second.me@fairplace.example",
            name="Second me",
            offers=[service.RoleOffer(Role.COORDINATOR, queries.school_by_slug("hollow-lane"))],
        )
    with transaction():
        build.person_of(LEAD).email = "second.me@fairplace.example"
    with pytest.raises(service.InvitationGone), transaction():
        service.accept_invitation(
            now=clock.now(), token=token, person=build.person_of("second.me@fairplace.example")
        )

    assert roles_of("second.me@fairplace.example") == {Role.LEAD}


def test_nor_do_they_let_themselves_in_where_a_lead_must_allow_it(lead, app):
    """A coordinator invites the lead, who also works elsewhere; another lead has to allow it."""
    millrace = queries.school_by_slug("millrace")
    build.grant(build.person_of(LEAD), Role.HOST, millrace)
    coordinator = app.test_client()
    build.sign_in(coordinator, HERE)
    coordinator.post(
        "/school/colleagues", data={"name": "Lead", "email": LEAD, "role": "coordinator"}
    )
    invitation = db.session.query(Invitation).one()

    lead.post(f"/posts/invitations/{invitation.public_id}/allow")
    lead.post(f"/posts/invitations/{invitation.public_id}/send-again")

    db.session.refresh(invitation)
    assert invitation.lead_allowed_at is None
    assert "You cannot give yourself a role" in lead.get("/admin/invitations/").text


def test_a_new_network_role_is_told_to_everybody_who_holds_one(lead, app):
    lead.post(url_of(HERE, "/roles"), data={"role": "treasurer", "school": ""})

    assert sorted(told()) == sorted([AUDITOR, TREASURER])
    for email, home in ((TREASURER, "/fund/"), (AUDITOR, "/admin/")):
        reader = app.test_client()
        build.sign_in(reader, email)
        assert "is now Treasurer" in reader.get(home).text
        page = reader.get(f"/posts/{grant_of(HERE, Role.TREASURER).public_id}/").text
        assert "tell a network lead" in page
        assert "stop it" not in page


def test_a_new_coordinator_is_told_to_the_school_and_stopped_there(lead, app, coordinator):
    lead.post(url_of(THERE, "/roles"), data={"role": "coordinator", "school": "hollow-lane"})
    grant = next(
        g
        for g in queries.grants_of(build.person_of(THERE).id)
        if g.school and g.school.slug == "hollow-lane"
    )
    newcomer = app.test_client()
    build.sign_in(newcomer, THERE)
    assert told() == [HERE]
    assert "If that is wrong, stop it." in coordinator.get("/school/").text
    page = coordinator.get(f"/posts/{grant.public_id}/").text
    assert "This is wrong: stop it" in page

    stopped = coordinator.post(f"/posts/{grant.public_id}/stop")

    assert stopped.status_code == 303
    person = build.person_of(THERE)
    assert stopped.location == f"/school/history?who={person.id}&period=month"
    assert newcomer.get("/school/").status_code == 302
    assert told() == [HERE, THERE]
    assert coordinator.get("/school/").text.count("New role") == 0
    assert "stopped the role “Coordinator”" in coordinator.get("/school/history").text


def test_news_of_a_role_is_on_the_home_page_for_a_week(lead, network):
    lead.post(url_of(THERE, "/roles"), data={"role": "coordinator", "school": "hollow-lane"})
    actor, now = build.actor_of(build.person_of(HERE)), clock.now()

    assert len(queries.posts.news_for(actor, now + timedelta(days=6))) == 1
    assert queries.posts.news_for(actor, now + timedelta(days=8)) == []


def test_a_schools_first_coordinator_is_news_to_who_watches_over_the_network(lead, db_session):
    school = build.make_school(slug="lonely-lane")
    person = build.make_person(email=NEW)

    lead.post(url_of(NEW, "/roles"), data={"role": "coordinator", "school": school.slug})

    assert set(told()) == {TREASURER, AUDITOR}
    watching = build.actor_of(build.person_of(AUDITOR))
    [grant] = queries.posts.news_for(watching, clock.now())
    assert grant.person_id == person.id
    page = lead.get(f"/posts/{grant.public_id}/").text
    assert "The school has no other coordinator who could object" in page
    assert build.person_of(TREASURER).name in page

    build.make_person(role=Role.COORDINATOR, school=school)
    assert queries.posts.news_for(watching, clock.now()) == []
