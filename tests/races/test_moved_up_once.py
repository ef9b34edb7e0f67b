"""Two coordinators press "Move everybody up" at once: everybody moves one year, and only once."""

from datetime import datetime

import pytest

from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.clock import LONDON
from booking.foundation.db import db, transaction
from booking.people.pupils import queries as pupil_queries
from booking.people.pupils import service as pupils
from booking.people.pupils.service import years
from booking.people.schools.models import School
from tests.builders.pupils import make_pupil
from tests.builders.schools import make_school
from tests.races.together import errors, together, writing

CROWD = 4
SEPTEMBER = datetime(2027, 9, 3, 9, 0, tzinfo=LONDON)


@pytest.fixture
def school_id(app, db_session, time_machine) -> int:
    """A school with pupils of last year's years."""
    school = make_school(low_year=0, high_year=6)
    for year_group in (1, 2, 2, 3):
        make_pupil(school=school, year_group=year_group)
    found = school.id
    db_session.rollback()
    time_machine.move_to(SEPTEMBER)
    return found


def pressing(school_id):
    return writing(
        lambda: pupils.move_up(
            actor=COMMAND, now=clock.now(), school=db.session.get_one(School, school_id)
        )
    )


def undoing(school_id):
    return writing(
        lambda: years.undo(
            actor=COMMAND, now=clock.now(), school=db.session.get_one(School, school_id)
        )
    )


def test_pressed_by_many_at_once_everybody_moves_once(app, school_id):
    results = together(app, [pressing(school_id)] * CROWD)

    assert errors(results) == ["AlreadyMovedUp"] * (CROWD - 1)
    db.session.rollback()
    assert pupil_queries.counts_by_year(school_id) == {2: 1, 3: 2, 4: 1}


def test_undone_by_many_at_once_everybody_is_put_back_once(app, school_id):
    with transaction():
        pupils.move_up(actor=COMMAND, now=clock.now(), school=db.session.get_one(School, school_id))
    db.session.rollback()

    results = together(app, [undoing(school_id)] * CROWD)

    assert errors(results) == ["NothingToUndo"] * (CROWD - 1)
    db.session.rollback()
    assert pupil_queries.counts_by_year(school_id) == {1: 1, 2: 2, 3: 1}
