"""Back from paying: the address holds no secret, and only the browser that left knows the way."""

import json

import pytest
from sqlalchemy import select

from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.foundation.db import db
from booking.foundation.web.models import WebSession
from booking.money.payments.demo_processor.models import DemoSession
from booking.money.payments.models import Payment
from tests.builders import checkout
from tests.page import soup, words


@pytest.fixture
def family(db_session):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE))
    checkout.answer(family)
    return family


def leave_for_the_processor(client, family):
    """Press the button; return the address that the processor sends people back to."""
    client.post(f"{family.url}/charge")
    return db.session.scalars(select(DemoSession)).one().success_url


def pay():
    checkout.pay_at_demo_processor(db.session.scalars(select(Payment.session_id)).one())


def test_the_browser_that_left_finds_its_private_page_again(client, family):
    back = leave_for_the_processor(client, family)
    pay()

    response = client.get(back)

    assert (response.status_code, response.location) == (303, f"{family.url}/paid")
    assert "your payment has arrived" in words(soup(client.get(response.location)))


def test_neither_the_processor_nor_the_table_of_sessions_holds_the_private_link(client, family):
    leave_for_the_processor(client, family)

    row = db.session.scalars(select(DemoSession)).one()
    kept = json.dumps([each.content for each in db.session.scalars(select(WebSession))])

    assert row.success_url == row.cancel_url
    assert family.token not in row.success_url
    assert row.success_url.endswith(f"/paid/{row.reference}")
    assert row.reference in kept
    assert family.token not in kept


def test_another_browser_settles_the_payment_and_learns_nothing_of_the_child(client, family, app):
    back = leave_for_the_processor(client, family)
    pay()
    booking = db.session.get_one(Booking, family.booking.id)
    names = {
        booking.pupil.forename,
        booking.pupil.surname,
        booking.school.name,
        booking.event.title,
        booking.event.host_school.name,
        family.token,
    }

    response = app.test_client().get(back)

    said = response.get_data(as_text=True)
    assert response.status_code == 200
    assert "your payment has arrived" in words(soup(response))
    assert "open the private link in the newest e-mail" in words(soup(response))
    assert [name for name in names if name in said] == []
    assert (response.headers["Cache-Control"], response.headers["Referrer-Policy"]) == (
        "no-store",
        "no-referrer",
    )
    db.session.expire_all()
    assert db.session.get_one(Booking, family.booking.id).state is BookingState.CONFIRMED


def test_another_browser_is_told_that_nothing_was_taken(client, family, app):
    back = leave_for_the_processor(client, family)

    assert "No money was taken" in words(soup(app.test_client().get(back)))


def test_a_reference_that_nobody_gave_is_not_found(client, db_session):
    response = client.get("/paid/unknown")

    assert response.status_code == 404
    assert "We cannot find this payment" in words(soup(response))


def test_two_children_at_once_find_two_ways_back(client, family):
    other = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE, title="Another day"))
    checkout.answer(other)
    for each in (family, other):
        client.post(f"{each.url}/charge")

    ways = {
        row.lines[0].booking_id: client.get(f"/paid/{row.public_id}").location
        for row in db.session.scalars(select(Payment))
    }

    assert ways == {each.booking.id: f"{each.url}/paid" for each in (family, other)}
