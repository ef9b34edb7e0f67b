"""`seed scale`: a large network for measuring, in which everything holds that must."""

import pytest
from sqlalchemy import func, select

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.money.payments.models import Payment
from booking.people.schools.models import School
from booking.upkeep import doctor
from tests.builders import schools
from tests.builders.schools import sign_in

SMALL = ("--schools", "12", "--events", "40", "--pupils", "1500")


@pytest.fixture
def seed(app):
    return lambda *options: app.test_cli_runner().invoke(args=["seed", "scale", *options])


def counted(db_session, model):
    return db_session.scalar(select(func.count()).select_from(model))


def test_scale_leaves_every_invariant_whole(seed, db_session):
    result = seed(*SMALL)

    assert result.exit_code == 0, result.output
    assert {check.promise: found for check, found in doctor.examine() if found} == {}


def test_scale_makes_what_was_asked_for_with_bookings_in_every_state(seed, db_session):
    seed(*SMALL)

    assert (counted(db_session, School), counted(db_session, Event)) == (12, 40)
    assert set(db_session.scalars(select(Booking.state))) == set(BookingState)
    assert counted(db_session, Payment) > 0


def test_people_can_sign_in_and_the_site_can_be_used_on(seed, client, db_session):
    seed(*SMALL)
    school = db_session.scalars(select(School).order_by(School.id)).first()

    sign_in(client, f"coordinator@{school.slug}.example")
    schools.make_school()

    assert client.get("/school/").status_code == 200
    assert counted(db_session, School) == 13


def test_the_same_scale_again_changes_nothing(seed, db_session):
    seed(*SMALL)
    again = seed(*SMALL)

    assert (again.exit_code, counted(db_session, School)) == (0, 12)


def test_another_scale_is_refused(seed, db_session):
    seed(*SMALL)
    other = seed("--schools", "13")

    assert other.exit_code == 1
    assert "holds a network of another size" in other.output


def test_a_real_network_is_left_alone(seed, db_session):
    schools.make_school()

    result = seed(*SMALL)

    assert (result.exit_code, counted(db_session, School)) == (1, 1)
    assert "Use an empty one" in result.output


def test_production_is_refused(seed, app, db_session):
    app.config["APP_ENV"] = "production"

    assert "do not belong" in seed(*SMALL).output
    assert counted(db_session, School) == 0
