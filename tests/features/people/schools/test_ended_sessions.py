"""Whoever runs the site signs a person, or everybody, out of every browser."""

import pytest
from sqlalchemy import select

from booking.domain.permissions import Role
from booking.foundation.audit.models import AuditEntry
from tests.builders import schools as build
from tests.builders.schools import as_


@pytest.fixture
def browsers(app, db_session):
    """Provide two browsers of the lead and one of the treasurer, signed in."""
    lead = build.make_person(role=Role.LEAD, email="lead@network.example")
    treasurer = build.make_person(role=Role.TREASURER, email="treasurer@network.example")
    return as_(app, lead), as_(app, lead), as_(app, treasurer)


def end(app, *options):
    return app.test_cli_runner().invoke(args=["people", "end-sessions", *options])


def signed_in(browsers):
    return [browser.get("/account/").status_code == 200 for browser in browsers]


def test_one_persons_browsers_are_all_signed_out(app, db_session, browsers):
    assert signed_in(browsers) == [True, True, True]

    ended = end(app, "--email", "Lead@network.example")

    assert ended.output == "Signed out of 2 browsers.\n"
    assert signed_in(browsers) == [False, False, True]
    [entry] = db_session.scalars(select(AuditEntry).filter_by(action="end_other_sessions"))
    assert (entry.actor_kind, entry.facts["count"]) == ("command", 2)


def test_everybody_is_signed_out_at_once(app, browsers):
    assert end(app, "--all").output == "Signed out of 3 browsers.\n"
    assert signed_in(browsers) == [False, False, False]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "Say whose"),
        (("--all", "--email", "lead@network.example"), "Say whose"),
        (("--email", "nobody@network.example"), "Nobody signs in as nobody@network.example."),
    ],
)
def test_it_must_be_said_whose(app, browsers, options, said):
    refused = end(app, *options)

    assert refused.exit_code != 0
    assert said in refused.output
    assert signed_in(browsers) == [True, True, True]
