"""How a real network begins: the first lead, from an empty database."""

import re

from sqlalchemy import func, select

from booking.domain.permissions import Role
from booking.people.schools import queries
from booking.people.schools.models import Person
from tests.builders import schools as build


def create(app, *options, **more):
    return app.test_cli_runner().invoke(args=["people", "create-lead", *options], **more)


def test_the_first_lead_comes_in_by_a_printed_link(app, client, db_session):
    assert db_session.scalar(select(func.count(Person.id))) == 0, "nobody comes with the product"
    done = create(app, "--name", "Marguerite Ellwood", "--email", "Lead@Fairplace.example")

    assert done.exit_code == 0, done.output
    url = re.search(r"https?://[^/\s]+(/invitations/\S+)", done.output)[1]
    data = {"name": "Marguerite Ellwood", "password": "seven purple walruses"}
    assert client.post(url, data=data).location == "/admin/"
    assert build.actor_of(build.person_of("lead@fairplace.example")).has(Role.LEAD)
    assert "Add your schools" in client.get("/admin/").text


def test_the_first_lead_may_choose_a_password_at_once(app, client, db_session):
    typed = "seven purple walruses\n" * 2
    done = create(
        app,
        "--name",
        "Marguerite Ellwood",
        "--email",
        "lead@fairplace.example",
        "--password",
        input=typed,
    )

    assert done.exit_code == 0, done.output
    assert "walruses" not in done.output
    build.sign_in(client, "lead@fairplace.example", "seven purple walruses")


def test_a_weak_password_is_refused(app, db_session):
    options = ("--name", "M", "--email", "lead@fairplace.example", "--password")

    done = create(app, *options, input="short\nshort\n")

    assert done.exit_code == 1
    assert "at least 12 characters" in done.output
    assert queries.people_with(Role.LEAD) == []


def test_what_is_no_address_is_refused(app, db_session):
    done = create(app, "--name", "Marguerite Ellwood", "--email", "lead")

    assert done.exit_code == 1
    assert "is not an e-mail address" in done.output


def test_a_lead_is_not_made_twice(app, db_session):
    build.make_person(email="lead@fairplace.example", role=Role.LEAD)

    done = create(app, "--name", "Marguerite Ellwood", "--email", "lead@fairplace.example")

    assert done.exit_code == 1
    assert "already has this role" in done.output
