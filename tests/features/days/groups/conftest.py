"""An event with pupils from two schools, and its host's browser."""

from datetime import datetime, timedelta

import pytest

from booking.domain.permissions import Role
from booking.foundation.clock import LONDON
from tests.builders.events import make_event, one_date
from tests.builders.rosters import expect_pupil
from tests.builders.schools import make_person, make_school, sign_in

DAY = datetime(2027, 6, 11, 9, 15, tzinfo=LONDON)


@pytest.fixture
def host(db_session):
    return make_school(name="Harrow Lane School")


@pytest.fixture
def event(host):
    return make_event(title="Puzzle day", host=host, dates=[one_date(DAY)])


@pytest.fixture
def expected(event):
    """Six pupils: four from Ashdale, two from Birchwood; Ada of Ashdale has a need."""
    found = {}
    ashdale, birchwood = make_school(name="Ashdale School"), make_school(name="Birchwood School")
    for school, names in ((ashdale, "Ada Ben Cal Dot"), (birchwood, "Eve Fin")):
        for name in names.split():
            needs = {"diets": ["halal"]} if name == "Ada" else {}
            found[name] = expect_pupil(event=event, school=school, forename=name, **needs)
    return found


@pytest.fixture
def host_client(client, host):
    sign_in(client, make_person(role=Role.HOST, school=host, name="Sam Okafor"))
    return client


@pytest.fixture
def lead_client(app, db_session):
    browser = app.test_client()
    sign_in(browser, make_person(role=Role.LEAD, name="Joan Reed"))
    return browser


def shortly_after(moment):
    return moment + timedelta(minutes=1)
