"""Answers are in and a charge is open: nobody is chased for a reply or for money."""

import pytest

from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.permissions import PARENT, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from tests.builders import checkout, schools
from tests.page import soup, words


@pytest.fixture
def school(db_session):
    return schools.make_school()


@pytest.fixture
def charged(school):
    return checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE), school=school)


@pytest.fixture
def coordinator(app, school):
    client = app.test_client()
    schools.sign_in(client, schools.make_person(role=Role.COORDINATOR, school=school))
    return client


def page_of(client, family):
    return words(soup(client.get(f"/school/events/{family.booking.event.slug}/")))


def test_a_reply_is_missing_until_the_answers_are_sent(coordinator, charged):
    assert "Waiting for the parent" in page_of(coordinator, charged)
    assert "1 parent has not replied" in words(soup(coordinator.get("/school/")))

    checkout.answer(charged)

    assert "Reply received" in page_of(coordinator, charged)
    home = words(soup(coordinator.get("/school/")))
    assert "not replied" not in home
    assert "1 charge to settle" in home


def test_a_pupil_who_was_withdrawn_owes_nothing(coordinator, charged):
    checkout.answer(charged)
    page = f"/school/bookings/{charged.booking.public_id}/money"
    assert "Still to pay" in words(soup(coordinator.get(page)))

    with transaction():
        booking = db.session.get_one(Booking, charged.booking.id)
        places.withdraw(actor=PARENT, now=clock.now(), booking=booking)

    assert db.session.get_one(Booking, charged.booking.id).state is BookingState.WITHDRAWN
    said = words(soup(coordinator.get(page)))
    assert "Still to pay" not in said
    assert "Record money" not in said


def test_whoever_has_been_at_the_processor_is_led_to_what_became_of_it(client, charged):
    checkout.answer(charged)
    assert "See what happened to your payment" not in words(soup(client.get(charged.url)))

    client.post(f"{charged.url}/charge")

    assert "See what happened to your payment" in words(soup(client.get(charged.url)))
