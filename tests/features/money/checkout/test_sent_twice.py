"""The same form sent twice (a reload, a slow phone) records money once, and says when."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.domain.charging import FeeKind
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.web import once
from booking.foundation.web.models import SentForm
from booking.money.payments.models import Payment, Refund
from booking.upkeep import purging
from tests.builders import checkout, schools
from tests.builders.stored import count
from tests.forms_on_pages import form_on, sent
from tests.page import soup, words


@pytest.fixture
def school(db_session):
    return schools.make_school()


@pytest.fixture
def coordinator(client, school):
    schools.sign_in(client, schools.make_person(role=Role.COORDINATOR, school=school))
    return client


@pytest.fixture
def family(school):
    event = checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION)
    found = checkout.make_family(event, school=school)
    checkout.answer(found)
    return found


@pytest.fixture
def money(family):
    return f"/school/bookings/{family.booking.public_id}/money"


def cash(coordinator, money, **typed):
    """Return what is sent of a page that was opened now."""
    form = form_on(coordinator.get(money), action=f"{money}/receive")
    return sent(form, **{"method": "cash", "amount": "2", **typed})


def test_a_reload_records_cash_once_and_says_when_it_was_recorded(coordinator, money):
    data = cash(coordinator, money)
    first = coordinator.post(f"{money}/receive", data=data)

    again = coordinator.post(f"{money}/receive", data=data)

    assert (again.status_code, again.location) == (303, first.location)
    assert count(Payment) == 1
    page = words(soup(coordinator.get(again.location)))
    assert "This was already recorded at 9:30am: The money " in page


def test_two_pages_are_two_receipts(coordinator, money):
    for _ in range(2):
        coordinator.post(f"{money}/receive", data=cash(coordinator, money))

    assert count(Payment) == 2


def test_another_amount_on_the_same_page_is_asked_about_first(coordinator, money):
    data = cash(coordinator, money)
    coordinator.post(f"{money}/receive", data=data)

    asked = coordinator.post(f"{money}/receive", data={**data, "amount": "3"})

    assert asked.status_code == 422
    assert "You sent this form before, at 9:30am, with something else in it" in asked.text
    assert count(Payment) == 1
    meant = sent(form_on(asked, action=f"{money}/receive"))
    assert coordinator.post(f"{money}/receive", data=meant).status_code == 303
    assert count(Payment) == 2


def test_a_refused_form_has_not_been_sent(coordinator, money):
    data = cash(coordinator, money, amount="900000")
    assert coordinator.post(f"{money}/receive", data=data).status_code == 422

    assert coordinator.post(f"{money}/receive", data={**data, "amount": "2"}).status_code == 303
    assert count(Payment) == 1


def test_a_refund_sent_twice_goes_back_once(coordinator, family, money):
    payment = checkout.pay(family, 600)
    url = f"{money}/refund/{payment.public_id}"
    typed = {"refund-amount": "2", "refund-reason": "Paid too much."}
    data = sent(form_on(coordinator.get(money), action=url), **typed)

    answers = [coordinator.post(url, data=data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert [row.amount_pence for row in db.session.scalars(select(Refund))] == [200]


def test_keys_of_sent_forms_go_after_a_day(coordinator, money):
    coordinator.post(f"{money}/receive", data=cash(coordinator, money))
    assert count(SentForm) == 1

    purging.purge(now=clock.now() + once.KEPT - timedelta(minutes=1))
    assert count(SentForm) == 1
    purging.purge(now=clock.now() + once.KEPT + timedelta(minutes=1))

    assert count(SentForm) == 0


def test_the_answer_is_kept_in_secret(coordinator, money):
    coordinator.post(f"{money}/receive", data=cash(coordinator, money))

    db.session.rollback()
    kept = db.session.execute(select(SentForm.__table__.c.answer.cast(db.Text))).scalar_one()
    assert "/school" not in str(kept)
