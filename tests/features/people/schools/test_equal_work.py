"""Known, unknown, closed and passwordless accounts cost the same work and give the same answer.

Work is counted, not timed: statements sent to the database, and passwords compared.
"""

import re

import pytest

from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.people.schools import passwords, service
from booking.people.schools.models import NO_PASSWORD, Person
from tests.builders import schools as build

KNOWN, CLOSED = "known@hollow-lane.example", "closed@hollow-lane.example"
WITHOUT, UNKNOWN = "without@hollow-lane.example", "unknown@hollow-lane.example"
DRAWN = re.compile(r'name="(csrf_token|form_key)" value="[^"]*"')


@pytest.fixture
def people(db_session):
    build.make_person(email=KNOWN)
    closed, without = build.make_person(email=CLOSED), build.make_person(email=WITHOUT)
    with transaction():
        service.disable_person(actor=COMMAND, now=clock.now(), person=closed)
        db.session.get_one(Person, without.id).password_hash = NO_PASSWORD


@pytest.fixture
def compared(monkeypatch):
    """Count how often a password is compared with a hash."""
    calls = []
    real = passwords._hashing.hasher

    class Counting:
        def __getattr__(self, name):
            return getattr(real, name)

        def verify(self, stored, typed):
            calls.append(stored)
            return real.verify(stored, typed)

    monkeypatch.setattr(passwords._hashing, "hasher", Counting())
    passwords._hashing.dummy()
    return calls


def work(app, count_queries, path, data):
    """Return what a visitor with a new browser is answered, and the statements that took."""
    client = app.test_client()
    client.get(path)
    with count_queries() as statements:
        answer = client.post(path, data=data)
    page = DRAWN.sub("", answer.text.replace(data["email"], "…"))
    return (answer.status_code, answer.headers.get("Location"), page), len(statements)


def test_a_wrong_sign_in_costs_one_comparison_whoever_it_is(app, people, compared, count_queries):
    done = []
    for email in (KNOWN, UNKNOWN, CLOSED, WITHOUT):
        compared.clear()
        data = {"email": email, "password": "not the password"}
        done.append((*work(app, count_queries, "/sign-in", data), len(compared)))

    assert done == [done[0]] * 4
    assert (done[0][0][0], done[0][2]) == (422, 1)


def test_asking_for_a_link_is_answered_alike(app, people, compared, count_queries):
    done = [
        work(app, count_queries, "/reset", {"email": email})
        for email in (KNOWN, UNKNOWN, CLOSED, WITHOUT)
    ]

    answers = [answer for answer, _statements in done]
    assert answers == [(303, "/reset-sent", answers[0][2])] * 4
    assert [statements for _answer, statements in done] == [done[0][1]] * 4
    assert compared == []
