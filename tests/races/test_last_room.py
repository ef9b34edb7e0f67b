"""Two colleagues press "Join" for the last room of a pair: one comes in."""

import pytest

from booking.domain.grouping_colleagues import GroupKind
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db
from booking.network.colleague_groups import locks as colleague_group_locks
from booking.network.colleague_groups import queries as colleague_group_queries
from booking.network.colleague_groups import service as colleague_groups
from booking.network.colleague_groups.models import StaffGroup
from booking.network.colleague_groups.service import joining
from tests.builders import colleague_groups as groups
from tests.builders import schools
from tests.races.together import errors, meeting, together, writing


@pytest.fixture
def pair(app, db_session):
    """A pair with one in it, and two who would join."""
    school = schools.make_school()
    leader, *others = (schools.make_person(role=Role.STAFF, school=school) for _ in range(3))
    group = groups.found(leader, kind=GroupKind.PAIR)
    facts = group.id, [schools.actor_of(one) for one in others]
    db_session.rollback()
    return facts


def joins(group_id, actor):
    def work():
        group = db.session.get_one(StaffGroup, group_id)
        return colleague_groups.join(actor=actor, now=clock.now(), group=group)

    return writing(work)


def inside(group_id):
    db.session.rollback()
    return colleague_group_queries.numbers(group_id)[0]


@pytest.mark.postgres
def test_without_the_lock_a_pair_has_three(app, pair, monkeypatch):
    # SQLite has one writer from a transaction's first statement on, so it has no such race.
    group_id, actors = pair
    monkeypatch.setattr(
        colleague_group_locks, "group", lambda id_: db.session.get_one(StaffGroup, id_)
    )
    checked = joining.grouping_colleagues.check_room
    monkeypatch.setattr(joining.grouping_colleagues, "check_room", meeting(checked, 2))

    assert together(app, [joins(group_id, actor) for actor in actors]) == [None, None]
    assert inside(group_id) == 3


def test_one_of_two_comes_in(app, pair):
    group_id, actors = pair

    results = together(app, [joins(group_id, actor) for actor in actors])

    assert errors(results) == ["GroupFull"]
    assert inside(group_id) == 2
