"""Several people act on one post at once: it has one holder, whoever comes first."""

import pytest
from sqlalchemy import func, select

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.people.schools import queries as school_queries
from booking.people.schools import service as school_service
from booking.people.schools.models import Invitation, Person, RoleGrant
from tests.builders import schools as build
from tests.races.together import errors, together, writing

CROWD = 4


@pytest.fixture
def post(app, db_session):
    """A coordinator's post, and two colleagues, either of whom could take it over."""
    school = build.make_school()
    holder, *takers = (build.make_person(school=school, role=role) for role in POSTS)
    ids = school_queries.grants_of(holder.id)[0].id, [(one.id, one.email) for one in takers]
    db_session.rollback()
    return ids


POSTS = (Role.COORDINATOR, Role.HOST, Role.HOST)


def holders():
    db.session.rollback()
    statement = select(RoleGrant.person_id).where(RoleGrant.role == Role.COORDINATOR)
    return list(db.session.scalars(statement))


def open_offers():
    db.session.rollback()
    return db.session.scalar(
        select(func.count(Invitation.id)).where(
            Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None)
        )
    )


def offer(grant_id, email):
    def work():
        grant = db.session.get_one(RoleGrant, grant_id)
        return school_service.offer_post(
            actor=build.actor_of(grant.person),
            now=clock.now(),
            grant=grant,
            email=email,
            name="Nadia Newcomer",
        ).id

    return work


def take_up(invitation_id, person_id):
    return lambda: (
        school_service.accept_offered(
            now=clock.now(),
            invitation=db.session.get_one(Invitation, invitation_id),
            person=db.session.get_one(Person, person_id),
        ).id
    )


def revoke(grant_id):
    def work():
        grant = db.session.get(RoleGrant, grant_id)
        if grant is None:
            raise school_service.RoleRefused("gone")
        school_service.revoke_role(actor=build.COMMAND, now=clock.now(), grant=grant)

    return work


def offered(grant_id, email):
    with transaction():
        found = offer(grant_id, email)()
    db.session.rollback()
    return found


def test_a_post_offered_by_many_at_once_is_on_offer_once_with_one_letter(app, post):
    grant_id, [(_first, email), _second] = post

    results = together(app, [writing(offer(grant_id, email))] * CROWD)

    assert errors(results) == []
    assert len(set(results)) == 1
    assert open_offers() == 1
    assert db.session.scalar(select(func.count(Message.id))) == 1


def test_a_post_offered_to_two_at_once_is_on_offer_to_one(app, post):
    grant_id, takers = post

    results = together(app, [writing(offer(grant_id, email)) for _id, email in takers])

    assert errors(results) == []
    assert open_offers() == 1


def test_an_offer_taken_up_by_many_browsers_at_once_moves_the_post_once(app, post):
    grant_id, [(taker, email), _second] = post
    found = offered(grant_id, email)

    results = together(app, [writing(take_up(found, taker))] * CROWD)

    assert errors(results) == ["InvitationGone"] * (CROWD - 1)
    assert holders() == [taker]


@pytest.mark.parametrize("attempt", range(3))
def test_a_post_taken_up_as_it_is_taken_away_is_one_or_the_other(app, post, attempt):
    grant_id, [(taker, email), _second] = post
    found = offered(grant_id, email)

    up, away = together(app, [writing(take_up(found, taker)), writing(revoke(grant_id))])

    if up == taker:
        assert errors([away]) == ["RoleRefused"]
        assert holders() == [taker]
    else:
        assert errors([up]) == ["InvitationGone"]
        assert away is None
        assert holders() == []


@pytest.mark.parametrize("attempt", range(3))
def test_a_post_taken_up_as_it_is_offered_to_another_has_one_holder(app, post, attempt):
    grant_id, [(taker, email), (_second, other)] = post
    found = offered(grant_id, email)

    up, anew = together(app, [writing(take_up(found, taker)), writing(offer(grant_id, other))])

    if up == taker:
        assert len(errors([anew])) == 1
        assert (holders(), open_offers()) == ([taker], 0)
    else:
        assert errors([up]) == ["InvitationGone"]
        assert open_offers() == 1
        assert taker not in holders()
