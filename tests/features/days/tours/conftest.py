"""A leading school with its host and coordinator, and a tour that schools can ask for."""

from types import SimpleNamespace

import pytest

from booking.domain.permissions import Role
from tests.builders import schools, tours


@pytest.fixture
def world(db_session):
    """Provide an upper school that leads a tour with a kit, a primary that is visited, people."""
    upper = schools.make_school(name="Aldermere Upper", low_year=9, high_year=13)
    primary = schools.make_school(name="Tindlebrook Primary")
    kit = tours.make_kit(upper)
    keeper = schools.make_person(name="Kit Keeper", role=Role.HOST, school=upper)
    return SimpleNamespace(
        upper=upper,
        primary=primary,
        neighbour=schools.make_school(name="Millrace Primary"),
        kit=kit,
        keeper=keeper,
        upper_coordinator=schools.make_person(role=Role.COORDINATOR, school=upper),
        host=schools.make_person(name="Hannah Host", role=Role.HOST, school=primary),
        coordinator=schools.make_person(role=Role.COORDINATOR, school=primary),
        tour=tours.make_tour(upper, kit_id=kit.id),
    )
