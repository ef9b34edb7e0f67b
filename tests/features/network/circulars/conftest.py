"""An event with a school that comes and one that is silent, and those who write about it."""

from types import SimpleNamespace

import pytest

from booking.domain.permissions import Role
from tests.builders import places
from tests.builders.checkout import make_family
from tests.builders.events import make_event
from tests.builders.schools import make_person, make_school


@pytest.fixture
def world(db_session):
    """Provide the lead, a host, two coordinators, and two families of the school that comes."""
    host, coming, silent = (
        make_school(name=name) for name in ("Harrow Lane School", "Ashdale School", "Silent School")
    )
    event = make_event(title="Puzzle day", host=host)
    places.allot(event, {coming: 3})
    return SimpleNamespace(
        event=event,
        coming=coming,
        silent=silent,
        lead=make_person(role=Role.LEAD, name="Lea Head", email="lea@network.example"),
        host=make_person(role=Role.HOST, school=host, name="Hugo Host", email="hugo@host.example"),
        own=make_person(
            role=Role.COORDINATOR, school=coming, name="Cora Obi", email="cora@coming.example"
        ),
        other=make_person(
            role=Role.COORDINATOR, school=silent, name="Sil Ent", email="sil@silent.example"
        ),
        ada=make_family(event, school=coming, forename="Ada"),
        ben=make_family(
            event,
            school=coming,
            forename="Ben",
            parent_name="Bo Ray",
            parent_email="bo.ray@parents.example",
        ),
    )
