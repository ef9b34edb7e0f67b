"""A visitor's forms work without a row in the database, and a visitor's cookie opens nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.web import sessions, visitors
from booking.foundation.web.models import WebSession
from tests import cast
from tests.builders import schools
from tests.page import soup

#: Not the page of passkeys: what it asks may be answered once, so it is kept here.
PAGES = ("/sign-in", "/reset", "/letter", "/lost-link")


def kept():
    db.session.rollback()
    return db.session.scalar(select(func.count(WebSession.id)))


def cookie(client):
    return client.get_cookie(schools.COOKIE).value


@pytest.fixture
def checked(app, monkeypatch):
    """Give a visitor whose form tokens are checked, as they are outside tests."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    return app.test_client()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_with_a_form_writes_no_session(app, db_session, path):
    for _ in range(50):  # 200 in all
        assert app.test_client().get(path).status_code == 200

    assert kept() == 0


def test_a_form_that_is_refused_writes_no_session(client, db_session):
    for path in ("/sign-in", "/letter", "/lost-link"):
        client.get(path)
        assert client.post(path, data={}).status_code == 422

    assert kept() == 0
    assert visitors.is_of_visitor(cookie(client))


def test_signing_in_makes_a_row_and_another_cookie(client, db_session):
    person = schools.make_person(email="ann@hollow-lane.example")
    client.get("/sign-in")
    before = cookie(client)

    schools.sign_in(client, person)

    assert kept() == 1
    assert visitors.is_of_visitor(before)
    assert not visitors.is_of_visitor(cookie(client))
    other = client.application.test_client()
    other.set_cookie(schools.COOKIE, before)
    assert other.get("/account/").status_code == 302


def test_a_form_counts_only_with_the_cookie_that_it_came_with(checked, app, db_session):
    person = schools.make_person(email="ann@hollow-lane.example")
    typed = {"email": person.email, "password": cast.PASSWORD}
    token = soup(checked.get("/sign-in")).find("input", {"name": "csrf_token"})["value"]
    stranger, nobody = app.test_client(), app.test_client()
    stranger.get("/sign-in")

    for other in (stranger, nobody):
        answer = other.post("/sign-in", data=typed | {"csrf_token": token})
        assert (answer.status_code, kept()) == (422, 0)
        assert "What you typed is still here" in answer.text
    assert checked.post("/sign-in", data=typed | {"csrf_token": token}).status_code == 303
    assert kept() == 1


@pytest.mark.parametrize("forged", ["visitor.", "visitor.x", "visitor.IngiOiB9.aaaa.bbbb"])
def test_a_cookie_that_is_not_ours_holds_nothing(app, forged):
    with app.app_context():
        assert visitors.form_token(forged, lasts=60) == ""


def test_a_visitors_cookie_lasts_as_long_as_a_session(app, time_machine):
    lasts = sessions.ORDINARY.absolute
    with app.app_context():
        sealed = visitors.sealed("token")
        assert visitors.form_token(sealed, lasts=lasts.total_seconds()) == "token"
        time_machine.move_to(clock.now() + lasts + timedelta(seconds=2))
        assert visitors.form_token(sealed, lasts=lasts.total_seconds()) == ""
