"""Two people erase a pupil at once: it is done once, and the other is told."""

import pytest
from sqlalchemy import func, select

from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.audit.models import ErasedRow
from booking.foundation.db import db
from booking.people.pupils import locks as pupil_locks
from booking.people.pupils.models import Pupil
from booking.rights.subjects import queries as subject_queries
from booking.rights.subjects import service as subjects
from tests.builders.checkout import make_family
from tests.builders.events import make_event
from tests.races.together import errors, meeting, together, writing

CROWD = 4


@pytest.fixture
def pupil_id(app, db_session):
    """A pupil with a place and a parent."""
    found = make_family(make_event()).booking.pupil_id
    db_session.rollback()
    return found


def erasing(app, pupil_id):
    found = db.session.get_one(Pupil, pupil_id)
    db.session.expunge(found)
    return [
        writing(lambda: subjects.erase_pupil(actor=COMMAND, now=clock.now(), pupil=found).bookings)
        for _ in range(CROWD)
    ]


def erased():
    db.session.rollback()
    kinds = select(ErasedRow.kind, func.count()).group_by(ErasedRow.kind)
    return dict(tuple(row) for row in db.session.execute(kinds))


def test_a_pupil_whom_many_erase_at_once_is_erased_once(app, pupil_id):
    results = together(app, erasing(app, pupil_id))

    assert errors(results) == ["AlreadyErased"] * (CROWD - 1)
    assert erased() == {"pupils": 1, "parents": 1}


@pytest.mark.postgres
def test_without_the_lock_the_others_fail_half_way(app, pupil_id, monkeypatch):
    monkeypatch.setattr(pupil_locks, "list_of", lambda school: None)
    looked = meeting(subject_queries.in_the_way, CROWD)
    monkeypatch.setattr(subject_queries, "in_the_way", looked)

    results = together(app, erasing(app, pupil_id))

    assert set(errors(results)) - {"AlreadyErased"}, "somebody got past the check"
    assert erased() == {"pupils": 1, "parents": 1}


def test_one_parent_whom_many_erase_at_once_is_erased_once(app, pupil_id):
    parent = db.session.get_one(Pupil, pupil_id).parents[0]
    db.session.expunge_all()

    results = together(
        app,
        [
            writing(lambda: subjects.erase_parent(actor=COMMAND, now=clock.now(), parent=parent))
            for _ in range(CROWD)
        ],
    )

    assert errors(results) == ["AlreadyErased"] * (CROWD - 1)
    assert erased() == {"parents": 1}
