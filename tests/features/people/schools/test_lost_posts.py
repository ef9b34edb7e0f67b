"""People who lose a post cannot come back, or let others in, with an earlier invitation."""

import pytest
from sqlalchemy import delete

from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.people.schools import queries, service
from booking.people.schools.models import Invitation, RoleGrant
from tests.builders import events
from tests.builders import schools as build

LEAD = "lead@fairplace.example"
TREASURER = "treasurer@fairplace.example"
HERE = "coordinator@hollow-lane.example"
SECOND = "second.me@elsewhere.example"


@pytest.fixture
def network(network):
    """Give a second lead too: the last one cannot lose the post."""
    build.grant(build.make_person(email="other-lead@fairplace.example"), Role.LEAD)
    return network


def invite(*posts, email=SECOND, by=LEAD):
    with transaction():
        return service.invite(
            actor=build.actor_of(build.person_of(by)),
            now=clock.now(),
            email=email,
            name="Second Me",
            offers=[service.RoleOffer(*post) for post in posts],
        )


def grant_of(email, role):
    grants = queries.grants_of(build.person_of(email).id)
    return next(grant for grant in grants if grant.role is role)


def take_away(email, role):
    with transaction():
        grant = grant_of(email, role)
        service.revoke_role(actor=COMMAND, now=clock.now(), grant=grant)


def accept(app, token):
    data = {"name": "Second Me", "password": "seven purple walruses"}
    return app.test_client().post(f"/invitations/{token}", data=data)


def assert_gone(app, token, email=SECOND):
    page = app.test_client().get(f"/invitations/{token}")
    assert page.status_code == 404
    assert "If they have moved on, ask the school’s coordinator" in page.text
    assert accept(app, token).status_code == 404
    assert queries.person_by_email(email) is None


LOSSES = [
    (LEAD, Role.LEAD, [(Role.LEAD,), (Role.TREASURER,)]),
    (LEAD, Role.LEAD, [(Role.TREASURER,)]),
    (LEAD, Role.LEAD, [(Role.COORDINATOR, "hollow-lane")]),
    (LEAD, Role.LEAD, [(Role.DAY_STAFF, None, None)]),
    (HERE, Role.COORDINATOR, [(Role.COORDINATOR, "hollow-lane")]),
    (HERE, Role.COORDINATOR, [(Role.HOST, "hollow-lane")]),
]


def posts_of(network, posts):
    """Return the posts with their schools; day staff are for an event of the first one."""
    found = []
    for role, *at in posts:
        if role is Role.DAY_STAFF:
            found.append((role, None, events.make_event(low_year=1, high_year=4).id))
        else:
            found.append((role, *(network[slug] for slug in at)))
    return found


@pytest.mark.parametrize(("by", "lost", "posts"), LOSSES)
def test_whoever_lost_a_post_does_not_come_back_by_an_earlier_invitation(
    app, network, by, lost, posts
):
    token = invite(*posts_of(network, posts), by=by)

    take_away(by, lost)

    assert_gone(app, token)
    assert db.session.query(Invitation).one().withdrawn_at is not None
    assert db.session.query(AuditEntry).filter_by(action="withdraw_invitation").count() == 1


@pytest.mark.parametrize(("by", "lost", "posts"), LOSSES)
def test_the_link_itself_asks_whether_the_inviter_may_give_the_post_today(
    app, network, by, lost, posts
):
    """An invitation that nobody withdrew, because it is older than this rule."""
    token = invite(*posts_of(network, posts), by=by)
    with transaction() as unit:
        unit.execute(delete(RoleGrant).where(RoleGrant.id == grant_of(by, lost).id))

    assert_gone(app, token)
    assert db.session.query(Invitation).one().accepted_at is None


def test_a_treasurer_who_was_removed_is_not_treasurer_again_by_a_second_address(
    app, network, client
):
    """The treasurer was also a lead, and invited their own second address to be treasurer."""
    build.grant(build.person_of(TREASURER), Role.LEAD)
    token = invite((Role.TREASURER,), by=TREASURER)
    build.sign_in(client, "other-lead@fairplace.example")

    for role in (Role.LEAD, Role.TREASURER):
        answer = client.post(f"/posts/{grant_of(TREASURER, role).public_id}/revoke")
        assert answer.status_code == 303

    assert_gone(app, token)


def test_an_offer_of_the_lost_post_to_the_same_address_ends_too(app, network):
    """Two colleagues invited one person to one post under two addresses."""
    token = invite((Role.COORDINATOR, network["hollow-lane"]))
    build.make_person(
        email="first@elsewhere.example", role=Role.COORDINATOR, school=network["hollow-lane"]
    )
    with transaction():
        build.person_of("first@elsewhere.example").email = SECOND

    take_away(SECOND, Role.COORDINATOR)

    assert app.test_client().get(f"/invitations/{token}").status_code == 404


def test_what_may_still_be_given_is_still_open(app, network):
    """A lead and coordinator who stops being lead invites colleagues all the same."""
    build.grant(build.person_of(HERE), Role.LEAD)
    host = invite((Role.HOST, network["hollow-lane"]), by=HERE)
    both = invite(
        (Role.HOST, network["hollow-lane"]),
        (Role.AUDITOR,),
        by=HERE,
        email="both@elsewhere.example",
    )

    take_away(HERE, Role.LEAD)

    assert_gone(app, both, email="both@elsewhere.example")
    assert accept(app, host).status_code == 303


def test_an_invitation_by_somebody_else_is_not_touched(app, network):
    token = invite((Role.COORDINATOR, network["hollow-lane"]), by=LEAD)

    take_away(HERE, Role.COORDINATOR)

    assert accept(app, token).status_code == 303


def test_whoever_sends_an_invitation_again_answers_for_it(app, network, client):
    """The lead sends an invitation again that a coordinator, who has since left, had sent."""
    invite((Role.HOST, network["hollow-lane"]), by=HERE)
    with transaction() as unit:
        unit.execute(delete(RoleGrant).where(RoleGrant.id == grant_of(HERE, Role.COORDINATOR).id))
    with transaction():
        token = service.send_again(
            actor=build.actor_of(build.person_of(LEAD)),
            now=clock.now(),
            invitation=db.session.query(Invitation).one(),
        )

    assert accept(app, token).status_code == 303


def test_a_host_who_lost_the_post_lets_no_day_staff_in(app, network):
    """Also a host of another school: which event it was, schools do not know."""
    host = "host@millrace.example"
    build.grant(build.person_of(host), Role.HOST, network["hollow-lane"])
    token = invite((Role.DAY_STAFF, None, events.make_event(low_year=1, high_year=4).id), by=host)

    with transaction():
        [lost] = [
            grant
            for grant in queries.grants_of(build.person_of(host).id)
            if grant.school.slug == "millrace"
        ]
        service.revoke_role(actor=COMMAND, now=clock.now(), grant=lost)

    assert_gone(app, token)
