"""Two people answer a request about what is held at once: one answer goes out."""

import pytest
from sqlalchemy import func, select

from booking.domain.data_rights import DataRight
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.people.pupils.models import Parent
from booking.people.schools.models import School
from booking.rights.data_requests import locks as data_request_locks
from booking.rights.data_requests import queries as data_request_queries
from booking.rights.data_requests import service as data_requests
from booking.rights.data_requests.details import Asked
from booking.rights.data_requests.models import DataRequest
from tests.builders.checkout import make_family
from tests.builders.events import make_event
from tests.races.together import errors, meeting, together, writing

CROWD = 4


@pytest.fixture
def parent_id(app, db_session):
    """A parent with an address."""
    found = make_family(make_event()).parent.id
    db_session.rollback()
    return found


def ask(parent_id):
    parent = db.session.get_one(Parent, parent_id)
    asked = Asked(
        right=DataRight.ERASURE,
        asker="Sam",
        about="Ada",
        received_on=clock.today(),
        parent=parent,
    )
    school = db.session.get_one(School, parent.school_id)
    return data_requests.ask(actor=COMMAND, now=clock.now(), school=school, asked=asked).id


@pytest.fixture
def request_id(parent_id):
    """What the parent asked."""
    with transaction():
        return ask(parent_id)


def answering(request_id):
    return [
        writing(
            lambda done=done: (
                data_requests.answer(
                    actor=COMMAND,
                    now=clock.now(),
                    request=db.session.get_one(DataRequest, request_id),
                    done=done,
                    words="So it is.",
                ).id
            )
        )
        for done in (True, False) * (CROWD // 2)
    ]


def answers():
    db.session.rollback()
    keys = select(Message.key).where(Message.template == "data_request_news")
    return [key for key in db.session.scalars(keys) if not key.endswith(":taken")]


def test_a_request_that_many_answer_at_once_has_one_answer(app, request_id):
    results = together(app, answering(request_id))

    assert errors(results) == ["RequestEnded"] * (CROWD - 1)
    assert len(answers()) == 1


@pytest.mark.postgres
def test_without_the_lock_a_family_reads_yes_and_no(app, request_id, monkeypatch):
    only_read = meeting(lambda key: db.session.get_one(DataRequest, key), CROWD)
    monkeypatch.setattr(data_request_locks, "data_request", only_read)

    results = together(app, answering(request_id))

    assert "RequestEnded" not in errors(results), "all have looked before any wrote"
    assert len(answers()) > 1, "nobody got past the check"


def test_what_a_parent_asks_in_two_browsers_at_once_is_asked_once(app, parent_id):
    results = together(app, [writing(lambda: ask(parent_id)) for _ in range(CROWD)])

    assert errors(results) == ["AskedAlready"] * (CROWD - 1)
    db.session.rollback()
    assert db.session.scalar(select(func.count(DataRequest.id))) == 1


@pytest.mark.postgres
def test_without_the_lock_it_is_asked_twice(app, parent_id, monkeypatch):
    monkeypatch.setattr(data_request_locks, "asker", lambda asked: None)
    looked = meeting(data_request_queries.asked_before, CROWD)
    monkeypatch.setattr(data_request_queries, "asked_before", looked)

    results = together(app, [writing(lambda: ask(parent_id)) for _ in range(CROWD)])

    assert errors(results) == []
    db.session.rollback()
    assert db.session.scalar(select(func.count(DataRequest.id))) == CROWD
