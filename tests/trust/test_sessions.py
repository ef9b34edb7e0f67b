"""When somebody loses a right, it ends on the next request, in every browser."""

import pytest
from sqlalchemy import select

from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.tokens import token_hash
from booking.foundation.web.models import WebSession
from booking.people.schools import service as school_service
from booking.people.schools.models import RoleGrant
from tests.builders import schools

pytestmark = pytest.mark.usefixtures("back_again")
#: The page each role begins with.
HOMES = {
    "own": "/school/",
    "other": "/school/",
    "host": "/host/",
    "elsewhere": "/host/",
    "day": "/host/",
    "treasurer": "/fund/",
    "auditor": "/admin/",
}


def person(world, role):
    return schools.person_of(world.network.people[role])


@pytest.mark.parametrize("role", HOMES)
def test_a_role_that_is_taken_away_is_gone_on_the_next_request(world, role):
    browser, home = world.browsers[role], HOMES[role]
    assert browser.get(home).status_code == 200
    grants = select(RoleGrant).where(RoleGrant.person_id == person(world, role).id)

    with transaction():
        for grant in db.session.scalars(grants):
            school_service.revoke_role(actor=COMMAND, now=clock.now(), grant=grant)

    assert browser.get(home).location.startswith("/sign-in")
    schools.sign_in(browser, world.network.people[role])
    assert browser.get(home).status_code == 404


def test_a_role_that_is_one_of_two_is_gone_in_a_session_that_goes_on(world):
    lead = world.browsers["lead"]
    schools.grant(person(world, "lead"), Role.TREASURER)
    assert lead.get("/fund/entries/new/grant").status_code == 200
    treasurer = select(RoleGrant).where(
        RoleGrant.person_id == person(world, "lead").id, RoleGrant.role == Role.TREASURER
    )
    [grant] = db.session.scalars(treasurer)

    lead.post(f"/posts/{grant.public_id}/revoke")

    assert lead.get("/fund/entries/new/grant").status_code == 404
    assert lead.get("/admin/").status_code == 200


@pytest.mark.parametrize("role", HOMES)
def test_somebody_whose_account_is_closed_is_out_at_once(world, role):
    browser = world.browsers[role]
    assert browser.get("/account/").status_code == 200

    world.browsers["lead"].post(f"/admin/people/{person(world, role).public_id}/close")

    assert browser.get("/account/").location.startswith("/sign-in")
    assert browser.post("/account/details", data={"name": "New"}).status_code in {302, 400}
    again = browser.post("/sign-in", data={"email": world.network.people[role], "password": "x"})
    assert again.status_code == 422


def test_signing_out_elsewhere_ends_every_other_browser(world):
    here, there = world.browsers["own"], world.app.test_client()
    schools.sign_in(there, world.network.people["own"])
    assert there.get("/school/").status_code == 200

    here.post("/account/sessions/end-others")

    assert there.get("/school/").location.startswith("/sign-in")
    assert here.get("/school/").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(world):
    theirs = db.session.scalar(
        select(WebSession.public_id).where(WebSession.person_id == person(world, "other").id)
    )

    world.browsers["own"].post(f"/account/sessions/{theirs}/end")

    assert world.browsers["other"].get("/school/").status_code == 200


def test_a_cookie_that_was_copied_is_worth_nothing_after_signing_out(world):
    copied = world.cookies["own"]
    thief = world.app.test_client()
    thief.set_cookie("sid", copied)
    assert thief.get("/school/").status_code == 200

    world.browsers["own"].post("/sign-out")

    thief.set_cookie("sid", copied)
    assert thief.get("/school/").location.startswith("/sign-in")


def test_signing_in_gives_a_new_session_so_that_none_can_be_planted(world):
    victim = world.app.test_client()
    victim.get("/sign-in")
    planted = victim.get_cookie("sid").value

    schools.sign_in(victim, world.network.people["own"])

    assert victim.get_cookie("sid").value != planted
    attacker = world.app.test_client()
    attacker.set_cookie("sid", planted)
    assert attacker.get("/school/").location.startswith("/sign-in")


def test_a_session_that_somebody_invents_is_not_taken_over(world):
    browser = world.app.test_client()
    browser.set_cookie("sid", "invented-by-somebody-else")

    schools.sign_in(browser, world.network.people["own"])

    assert browser.get_cookie("sid").value != "invented-by-somebody-else"


def test_the_database_holds_no_session_in_clear(world):
    rows = list(db.session.scalars(select(WebSession)))

    for cookie in world.cookies.values():
        assert token_hash(cookie) in {row.token_hash for row in rows}
        assert not any(cookie in repr(vars(row)) for row in rows)
    db.session.rollback()
