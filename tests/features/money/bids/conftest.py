"""A school, two people who decide, and £500.00 in the CPD fund."""

from dataclasses import dataclass

import pytest

from booking.domain.permissions import Role
from booking.foundation.db import db
from booking.people.schools.models import Person, School
from tests.builders import bids, schools
from tests.builders.fund import make_grant


@dataclass
class Cast:
    """The people concerned."""

    school: School
    coordinator: Person
    lead: Person
    treasurer: Person


@pytest.fixture
def cast(db_session) -> Cast:
    """Provide the people, and money to promise."""
    schools.make_terms()
    school = schools.make_school(slug="brackenholt")
    coordinator = schools.make_person(role=Role.COORDINATOR, school=school)
    lead, treasurer = bids.make_deciders()
    make_grant(pence=50_000)
    db.session.rollback()
    return Cast(school, coordinator, lead, treasurer)
