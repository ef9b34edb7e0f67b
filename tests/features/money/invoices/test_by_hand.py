"""Invoices by hand: to one school or to all, checked before they are sent, and sent once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from booking.domain.funds import Fund
from booking.domain.ledger import accounts
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.money.fund import queries as fund_queries
from booking.money.invoices import queries, service, soundness
from booking.money.invoices.details import WrittenInvoice
from booking.money.invoices.models import Invoice
from booking.people.schools import queries as school_queries
from tests.builders import invoices as build
from tests.builders import schools
from tests.builders.schools import as_
from tests.page import check_page, soup, text, words

TITLE = "Subscription 2026/27"


@pytest.fixture
def marlstone(school):
    return schools.make_school(slug="marlstone", name="Marlstone Primary School")


def typed(**changes):
    return {
        "title": TITLE,
        "school": "all",
        "lines-0-label": "Membership",
        "lines-0-pence": "50",
        "lines-1-label": "Puzzle books",
        "lines-1-pence": "7.50",
        "income": accounts.SUBSCRIPTIONS,
        "fund": "admin",
        "due_on": (clock.today() + timedelta(days=30)).isoformat(),
        **changes,
    }


def sent_by(page):
    """Return what the form on the page that is checked would send."""
    form = soup(page).select_one("main form")
    skipped = {"csrf_token", "form_key", "change"}
    return form["action"], {
        each["name"]: each["value"] for each in form.select("input") if each["name"] not in skipped
    }


def count():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Invoice))


def owed(slug):
    return sum(fund_queries.held_by_fund(accounts.due_from_school(slug)).values())


def test_the_same_is_sent_to_every_school_after_a_check(app, treasurer, school, marlstone):
    schools.make_person(role=Role.COORDINATOR, school=school, email="cora@larkrise.example")
    assert "Write an invoice" in text(treasurer.get("/fund/invoices/"))

    checked = treasurer.post("/fund/invoices/new", data=typed())

    assert checked.status_code == 200
    assert "£115.00 in total , £57.50 from each of 2 schools" in text(checked)
    assert "Schools’ subscriptions, in the fund “Administration”" in text(checked)
    assert count() == 0
    address, data = sent_by(checked)
    assert treasurer.post(address, data=data).location == "/fund/invoices/"
    assert (owed("larkrise"), owed("marlstone")) == (5750, 5750)
    income = fund_queries.balances()[accounts.SUBSCRIPTIONS, Fund.ADMIN]
    assert income == -11500
    [letter] = db.session.scalars(select(Message).where(Message.template == "invoice_raised"))
    assert "£57.50 for “Subscription 2026/27”" in letter.subject
    mine = as_(app, school_queries.person_by_email("cora@larkrise.example"))
    invoice = soup(mine.get("/school/invoices/")).select_one("table a")["href"]
    assert "Membership £50.00 Puzzle books £7.50 Total £57.50" in text(mine.get(invoice))
    assert list(soundness.problems()) == []


def test_one_school_gets_one(treasurer, school, marlstone):
    address, data = sent_by(treasurer.post("/fund/invoices/new", data=typed(school="marlstone")))
    treasurer.post(address, data=data)
    [invoice] = db.session.scalars(select(Invoice))
    assert invoice.school_id == marlstone.id


def test_nobody_gets_it_twice_and_a_new_school_gets_it_later(treasurer, school):
    address, data = sent_by(treasurer.post("/fund/invoices/new", data=typed()))
    treasurer.post(address, data=data)
    schools.make_school(slug="marlstone", name="Marlstone Primary School")

    checked = treasurer.post("/fund/invoices/new", data=typed())
    assert "1 school has this invoice already, and will not get another" in text(checked)
    address, data = sent_by(checked)
    treasurer.post(address, data=data)
    assert (count(), owed("larkrise"), owed("marlstone")) == (2, 5750, 5750)

    refused = treasurer.post(address, data=data)
    assert refused.status_code == 422
    assert "Every school that you chose has an invoice" in words(
        check_page(refused).select_one(".error-summary")
    )
    assert count() == 2


def test_a_wrong_one_is_cancelled_and_sent_anew(treasurer, school):
    address, data = sent_by(treasurer.post("/fund/invoices/new", data=typed()))
    treasurer.post(address, data=data)
    invoice = db.session.scalars(select(Invoice)).one()

    treasurer.post(f"/invoices/{invoice.public_id}/cancel", data={"reason": "Wrong amount."})
    assert owed("larkrise") == 0
    treasurer.post(address, data=data)

    assert (count(), owed("larkrise")) == (2, 5750)
    assert list(soundness.problems()) == []


def test_it_is_paid_like_any_other(treasurer, school):
    address, data = sent_by(treasurer.post("/fund/invoices/new", data=typed()))
    treasurer.post(address, data=data)
    public_id = db.session.scalars(select(Invoice.public_id)).one()
    build.pay(queries.by_public_id(public_id), 2000)
    assert owed("larkrise") == 3750
    assert fund_queries.held_by_fund(accounts.BANK)[Fund.ADMIN] == 2000


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"title": " "}, "Say what the invoice is for."),
        ({"school": ""}, "Choose the school, or all of them."),
        ({"school": "elsewhere"}, "Choose one from the list."),
        ({"lines-0-pence": ""}, "Enter an amount, like 60"),
        ({"lines-0-label": ""}, "Say what this line is for."),
        ({"lines-0-pence": "0"}, "with an amount above zero"),
        ({"lines-0-pence": "many"}, "“many” is not an amount."),
        ({"income": "expenses:admin"}, "Choose what kind of income it is."),
        ({"fund": "moon"}, "Choose one from the list."),
        ({"due_on": "2026-01-01"}, "This day is over."),
        ({"due_on": ""}, "Enter the day by which it is to be paid."),
    ],
)
@pytest.mark.parametrize("address", ["/fund/invoices/new", "/fund/invoices/new/send"])
def test_an_invoice_that_is_not_whole_is_not_sent(treasurer, school, changes, reason, address):
    answer = treasurer.post(address, data=typed(**changes))
    assert answer.status_code == 422
    assert reason in words(check_page(answer).select_one(".error-summary"))
    assert count() == 0


def test_no_line_is_no_invoice(treasurer, school):
    empty = {f"lines-{n}-{name}": "" for n in range(2) for name in ("label", "pence")}
    answer = treasurer.post("/fund/invoices/new", data=typed(**empty))
    assert "Enter at least one line" in words(check_page(answer).select_one(".error-summary"))


def test_it_is_changed_after_the_check(treasurer, school):
    _, data = sent_by(treasurer.post("/fund/invoices/new", data=typed()))
    page = treasurer.post("/fund/invoices/new", data={**data, "change": "yes"})
    assert page.status_code == 200
    assert soup(page).select_one("[name=title]")["value"] == TITLE
    assert soup(page).select_one("[name=lines-1-pence]")["value"] == "7.50"


def test_it_is_not_sent_before_it_can_say_where_to_pay(app, treasurer, school):
    app.config.update(PAYEE_NAME="")
    for address in ("/fund/invoices/new", "/fund/invoices/new/send"):
        answer = treasurer.post(address, data=typed())
        assert "set PAYEE_NAME" in words(check_page(answer).select_one(".error-summary"))
    assert count() == 0


def test_many_schools_are_reached_in_several_presses(school, marlstone, monkeypatch):
    monkeypatch.setattr("booking.money.invoices.service.by_hand.SCHOOLS_AT_ONCE", 1)
    written = WrittenInvoice(
        TITLE, (("Membership", 5000),), accounts.SUBSCRIPTIONS, Fund.ADMIN, clock.today()
    )
    for _ in range(2):
        with transaction():
            service.write(
                actor=COMMAND,
                now=clock.now(),
                written=written,
                schools=[school, marlstone],
                to=build.PAYEE,
            )
    assert (owed("larkrise"), owed("marlstone")) == (5000, 5000)
    assert count() == 2
