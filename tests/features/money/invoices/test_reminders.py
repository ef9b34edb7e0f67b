"""A school is reminded of what is late: once, by a person, and not while it may pay on time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.domain.permissions import Role
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db
from booking.foundation.notifications.models import Message
from booking.money.invoices import queries
from tests.builders import invoices as build
from tests.builders import schools
from tests.builders.schools import as_
from tests.page import check_page, soup, words


@pytest.fixture
def coordinator(school):
    return schools.make_person(role=Role.COORDINATOR, school=school, email="c@larkrise.example")


@pytest.fixture
def invoice(school):
    [invoice] = build.raise_for(build.make_event({school: 2}))
    return invoice


@pytest.fixture
def press(app, invoice, time_machine):
    """Return a press of the treasurer's button, so many days after the invoice was due."""

    def press(days):
        due = invoice.due_on
        db.session.rollback()
        on = due + timedelta(days=days)
        time_machine.move_to(on.strftime("%Y-%m-%dT10:00:00+00:00"))
        treasurer = as_(app, schools.make_person(role=Role.TREASURER))
        return treasurer.post(f"/invoices/{invoice.public_id}/remind")

    return press


def reminders():
    db.session.rollback()
    return db.session.scalars(select(Message).where(Message.template == "invoice_reminder")).all()


def refusal(response):
    assert response.status_code == 422
    return words(check_page(response).select_one(".error-summary"))


def test_a_late_invoice_is_asked_for_with_what_is_left_and_how_to_pay(coordinator, invoice, press):
    build.pay(invoice, 200)

    assert press(1).status_code == 303

    [mail] = reminders()
    assert mail.recipient == "c@larkrise.example"
    assert "£10.00 of your school’s invoice" in mail.text
    assert "Thank you for the £2.00 that came." in mail.text
    assert "RF" in mail.text
    assert mail.reply_to
    reminded = queries.by_public_id(invoice.public_id).reminded_at
    assert reminded.date() == invoice.due_on + timedelta(days=1)
    done = db.session.scalars(select(AuditEntry.action)).all()
    assert done.count("remind_of_invoice") == 1


def test_nobody_is_reminded_on_the_last_day_to_pay(coordinator, invoice, press):
    assert "It can still be paid on time" in refusal(press(0))
    assert reminders() == []


def test_two_presses_are_one_reminder_and_the_next_comes_after_a_fortnight(
    coordinator, invoice, press
):
    press(1)
    assert "It can be reminded again from" in refusal(press(14))
    assert len(reminders()) == 1

    assert press(15).status_code == 303
    assert len(reminders()) == 2


def test_what_is_paid_or_cancelled_is_not_asked_for(coordinator, invoice, press):
    build.pay(invoice, 1200)

    assert "There is nothing left to pay" in refusal(press(3))
    assert reminders() == []


def test_a_school_without_a_coordinator_is_to_be_rung(invoice, press):
    assert "has no coordinator" in refusal(press(1))


def test_the_page_of_a_late_invoice_leads_to_a_check_before_anything_is_sent(
    app, coordinator, invoice, time_machine
):
    due, address = invoice.due_on, f"/invoices/{invoice.public_id}"
    db.session.rollback()
    time_machine.move_to((due + timedelta(days=2)).strftime("%Y-%m-%dT10:00:00+00:00"))
    treasurer = as_(app, schools.make_person(role=Role.TREASURER))

    page = soup(treasurer.get(address)).find("main")
    assert page.find("a", href=f"{address}/remind")
    check = words(check_page(treasurer.get(f"{address}/remind")).find("main"))
    assert "£12.00" in check
    assert "Never" in check
    assert reminders() == []
