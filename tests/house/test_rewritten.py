"""What builders write again is what the services wrote, and only where it is sure to be so."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from booking.days.events import ports as event_ports
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.people.schools.models import School
from booking.people.schools.service import people
from tests.builders import checkout, events, fund, places, pupils, rosters, schools
from tests.builders.past import past
from tests.conftest import TERM_TIME_MORNING, dispose
from tests.trust import contents

pytestmark = pytest.mark.sqlite


@pytest.fixture
def begin_again(app, db_session, test_database, term_time):
    """Give a way back to a clean database and the time when the test began."""
    past.kept.clear()

    def begin():
        db_session.rollback()
        db_session.expunge_all()
        dispose(app)
        test_database.reset()
        past.stand_still(term_time, TERM_TIME_MORNING)

    return begin


def build(app):
    """Call builders of many kinds, as tests do, and give what they return."""
    network = schools.make_network(schools=3, terms=False)
    pupils.make_four_schools_of_four()
    school = schools.make_school()
    person = schools.make_person(role=Role.COORDINATOR, school=school)
    event = checkout.make_fee_event(FeeKind.CHARGE, host=school)
    family = checkout.make_family(event)
    checkout.answer(family)
    named = places.make_booking(event=event, school=school, state=BookingState.CONFIRMED)
    expected = rosters.expect_pupil(event=event, school=school, health="Asthma")
    fund.make_speaker(pence=2_000)
    return network, school, person, event, family, named, expected, schools.as_(app, person)


def seen(made):
    """Return what a test would read of it."""
    network, school, person, event, family, named, expected, browser = made
    return (
        {slug: row.name for slug, row in network.items()},
        (school.slug, person.email, event.slug, event.host_school.name, family.url),
        (family.booking.state, named.state, expected.pupil.forename, family.parent.email),
        browser.get("/school/").status_code,
    )


def test_the_same_rows_are_written_and_the_same_things_returned(app, begin_again):
    built = build(app)
    first, kept, ended_at = contents.of_tables(), len(past.kept), clock.now()
    read = seen(built)
    begin_again()

    again = build(app)

    assert contents.of_tables() == first
    assert len(past.kept) == kept > 10, "the services built something anew"
    assert clock.now() == ended_at
    assert seen(again) == read


def change_a_setting(app):
    app.config["NETWORK_NAME"] = "Another network"


def write_something(app):
    with transaction() as session:
        session.execute(update(School).values(town="Elsewhere"))


def listen_elsewhere(app):
    with event_ports.work_links.instead(lambda *_: None):
        pass


def sign_in_wrongly(app):
    app.test_client().post("/sign-in", data={"email": "x@elsewhere.example", "password": "x"})


def build_more(app):
    schools.make_school(name="Another School")


def let_time_pass(app):
    past.clock.shift(timedelta(minutes=1))


@pytest.mark.parametrize(
    "differ",
    [
        change_a_setting,
        write_something,
        listen_elsewhere,
        sign_in_wrongly,
        build_more,
        let_time_pass,
    ],
)
def test_whatever_differs_before_a_call_lets_the_services_build(app, begin_again, differ):
    schools.make_school()
    begin_again()
    schools.make_school()
    assert len(past.kept) == 1, "it is written again if nothing differs"
    begin_again()
    differ(app)

    schools.make_school(name="Some School")

    assert past.now is None or len(past.kept) > 1


def test_other_arguments_build_another_thing(app, begin_again):
    one = schools.make_school(town="Netherwick").town
    begin_again()

    assert (one, schools.make_school(town="Overwick").town) == ("Netherwick", "Overwick")


def test_a_row_that_was_changed_since_is_no_argument_that_is_known(app, begin_again):
    school = schools.make_school()
    with transaction():
        school.town = "Elsewhere"

    assert events.make_event(host=school).host_school.town == "Elsewhere"
    assert past.now is None


def test_a_refusal_is_refused_again_and_ends_nothing(app, begin_again):
    for _ in range(2):
        schools.make_person(email="one@elsewhere.example")
        with pytest.raises(people.EmailTaken):
            schools.make_person(email="one@elsewhere.example")
        schools.make_person(email="two@elsewhere.example")
        assert len(past.kept) == 2
        begin_again()


def test_the_clock_goes_on_once_a_test_itself_writes(app, begin_again):
    schools.make_school()
    assert clock.now() == clock.now() > TERM_TIME_MORNING

    write_something(app)

    stood_at = clock.now()
    while clock.now() == stood_at:
        pass
    assert clock.now() - stood_at < timedelta(seconds=5)


def test_where_the_product_is_replaced_nothing_is_written_again(app, monkeypatch):
    assert past.now is None


def test_nobody_sets_the_clock_of_a_test_that_is_over(app, term_time):
    assert past.clock is term_time

    past.is_over()
    past.end()

    assert (past.now, past.clock) == (None, None)
    assert clock.now() == TERM_TIME_MORNING
