"""The last place of a visit: two answers at once never let two in."""

import pytest

from booking.domain.permissions import Role
from booking.domain.visits import VisitState
from booking.foundation import clock
from booking.foundation.db import db
from booking.network.visits import locks as visit_locks
from booking.network.visits import service as visit_service
from booking.network.visits.models import VisitAsk
from booking.network.visits.service import asking
from tests.builders import schools, visits
from tests.builders.stored import count
from tests.races.together import errors, meeting, together, writing

AGREED = VisitAsk.state == VisitState.AGREED


@pytest.fixture
def asked(app, db_session):
    """Two who asked about a visit with room for one; their ids, and whoever answers."""
    home, away = schools.make_school(), schools.make_school()
    opener = schools.make_person(role=Role.COORDINATOR, school=home)
    visit = visits.opened(opener, home, room=1)
    people = [schools.make_person(role=Role.STAFF, school=away) for _ in range(2)]
    found = [visits.ask(visit, one, away).id for one in people], schools.actor_of(opener)
    db_session.rollback()
    return found


def answering(ask_id, actor):
    return writing(
        lambda: visit_service.answer(
            actor=actor,
            now=clock.now(),
            ask=db.session.get_one(VisitAsk, ask_id),
            says_yes=True,
            word="",
        )
    )


def test_the_last_place_is_given_once(app, asked):
    ids, actor = asked
    results = together(app, [answering(one, actor) for one in ids])
    assert errors(results) == ["VisitFull"]
    assert count(VisitAsk, AGREED) == 1


def test_without_the_guards_both_would_come(app, asked, monkeypatch):
    ids, actor = asked
    is_sqlite = db.engine.dialect.name == "sqlite"
    if is_sqlite:
        # Its transaction is a lock of its own; so here the count is what is taken away.
        monkeypatch.setattr(asking, "_room_for_one", lambda _visit: None)
    else:
        # Both have counted before either writes.
        monkeypatch.setattr(visit_locks, "ask", lambda id_: db.session.get_one(VisitAsk, id_))
        monkeypatch.setattr(asking, "_room_for_one", meeting(asking._room_for_one, 2))
    results = together(app, [answering(one, actor) for one in ids])
    assert errors(results) == []
    assert count(VisitAsk, AGREED) == 2
