"""The answer of Google or Microsoft, sent many times at once, begins one session."""

import pytest
from sqlalchemy import func, select

from booking import create_app
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db
from booking.foundation.web import sessions
from booking.foundation.web.models import WebSession
from booking.people.openid.models import Identity
from booking.people.schools.models import Person
from tests import identity_provider
from tests.builders import openid, schools
from tests.conftest import dispose
from tests.page import CheckedClient
from tests.races.together import meeting, together

ANN, TIMES = "ann@hollow-lane.example", 20
#: Without the guard, so many have read before any goes on; more would show no more.
FEW = 5


@pytest.fixture(scope="module")
def provider():
    """Serve a provider that lets a code be used again and again, as none should."""
    with identity_provider.serving() as provider:
        yield provider


@pytest.fixture
def site(app, provider, test_database):
    """Give the application with Google set up, and somebody who may come in."""
    provider.forget()
    provider.forgets_codes = False
    settings = provider.settings("google", BASE_URL="http://localhost")
    site = create_app({"APP_ENV": "testing", "DATABASE_URL": test_database.url, **settings})
    site.test_client_class = CheckedClient
    provider.adds("ann-1", **openid.claims(ANN))
    with site.app_context():
        schools.make_person(email=ANN)
        yield site
    dispose(site)


@pytest.fixture
def answers(site, provider):
    """Give what sends the same answer from the same browser, each over its own connection."""
    browser = site.test_client()
    back = provider.chosen(openid.set_out(browser), "ann-1")
    cookie = browser.get_cookie(schools.COOKIE).value
    db.session.rollback()

    def answer():
        same = site.test_client()
        same.set_cookie(schools.COOKIE, cookie)
        return same.get(back).status_code

    return [answer] * TIMES


def begun():
    db.session.rollback()
    theirs = select(func.count()).where(WebSession.person_id.is_not(None))
    signed_in = select(func.count()).where(AuditEntry.action == "sign_in")
    return db.session.scalar(theirs), db.session.scalar(signed_in)


def test_twenty_at_once_begin_one_session(site, answers):
    statuses = together(site, answers)

    assert sorted(statuses) == [303, *[400] * (TIMES - 1)]
    assert begun() == (1, 1)


def test_without_the_taking_several_would_begin_one(site, provider, answers, monkeypatch):
    # She has come in before: the account's link is made once, and would stop the others.
    before = site.test_client()
    assert before.get(provider.chosen(openid.set_out(before), "ann-1")).status_code == 303
    only_read = meeting(lambda session, name: session[name], FEW)
    monkeypatch.setattr(sessions, "take", only_read)

    statuses = together(site, answers[:FEW])

    assert statuses == [303] * FEW
    assert begun() == (FEW + 1, FEW + 1)
    assert db.session.scalar(select(func.count(Identity.id))) == 1, "linked once all the same"
    assert db.session.scalar(select(func.count(Person.id))) == 1
