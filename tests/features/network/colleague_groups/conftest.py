"""Somebody who leads a group, two colleagues, an associate and the lead."""

import pytest

from booking.domain.permissions import Role
from tests.builders import colleague_groups, schools


@pytest.fixture
def ashdale(db_session):
    """Provide a school."""
    return schools.make_school(name="Ashdale School")


@pytest.fixture
def leader(ashdale):
    """Provide whoever leads the group."""
    return schools.make_person(role=Role.STAFF, school=ashdale, name="Lea Leader")


@pytest.fixture
def member(ashdale):
    """Provide a colleague who is in the group."""
    return schools.make_person(role=Role.HOST, school=ashdale, name="Mia Member")


@pytest.fixture
def other(db_session):
    """Provide a colleague of another school who is not in it."""
    school = schools.make_school(name="Birchwood School")
    return schools.make_person(role=Role.COORDINATOR, school=school, name="Olu Other")


@pytest.fixture
def lead(db_session):
    """Provide the network lead."""
    return schools.make_person(role=Role.LEAD, name="Nora Network")


@pytest.fixture
def group(leader, member):
    """Provide an open group of two."""
    return colleague_groups.found(leader, member)
