"""One form pressed many times at once: it acts once, and everybody is led to the same place."""

import pytest
from sqlalchemy import func, select

from booking.domain.charging import FeeKind
from booking.domain.permissions import Role
from booking.foundation.db import db
from booking.foundation.web import once
from booking.money.payments.models import Payment
from tests.builders import checkout, schools
from tests.forms_on_pages import form_on, sent
from tests.races.together import together

PRESSES = 8


@pytest.fixture
def page(app, db_session):
    """Provide the address of a family's money, the browser that shows it, and the form as sent."""
    school = schools.make_school()
    family = checkout.make_family(
        checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION), school=school
    )
    checkout.answer(family)
    browser = app.test_client()
    schools.sign_in(browser, schools.make_person(role=Role.COORDINATOR, school=school))
    money = f"/school/bookings/{family.booking.public_id}/money"
    form = form_on(browser.get(money), action=f"{money}/receive")
    db_session.rollback()
    return browser, f"{money}/receive", sent(form, method="cash", amount="0.50")


def pressed(app, page):
    """Return the answers to pressing the button many times at the same time."""
    browser, address, data = page
    session = browser.get_cookie("sid").value

    def press():
        another = app.test_client()
        another.set_cookie("sid", session)
        return another.post(address, data=data, check=False)

    return together(app, [press] * PRESSES)


def payments():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Payment))


def test_without_the_key_each_press_records_money(app, page, monkeypatch):
    monkeypatch.setattr(once, "claim", lambda _sending: None)

    answers = pressed(app, page)

    assert [answer.status_code for answer in answers] == [303] * PRESSES
    assert payments() == PRESSES


def test_eight_presses_record_money_once_and_lead_to_one_place(app, page):
    answers = pressed(app, page)

    assert [answer.status_code for answer in answers] == [303] * PRESSES
    assert len({answer.location for answer in answers}) == 1
    assert payments() == 1
