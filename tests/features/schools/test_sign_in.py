"""Signing in and out, and what keeps strangers out."""

from booking.domain.permissions import Role
from tests.builders import schools as build


def test_a_coordinator_signs_in_and_out(app, client, db_session):
    school = build.make_school(slug="hollow-lane")
    person = build.make_person(
        email="coordinator@hollow-lane.example", role=Role.COORDINATOR, school=school
    )
    build.sign_in(client, person)
    assert client.get("/sign-in").status_code == 303
    build.sign_out(client)
    assert client.get("/sign-in").status_code == 200


def test_the_whole_cast_can_be_built(app, db_session):
    schools = build.make_network(schools=23)
    assert len(schools) == 23
    lead = build.actor_of(build.person_of("lead@fairplace.example"))
    assert lead.has(Role.LEAD)
