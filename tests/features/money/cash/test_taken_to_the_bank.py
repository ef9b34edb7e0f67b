"""Cash and cheques on their way to the bank: listed, counted and banked once, to the penny."""

import itertools
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from booking.domain.charging import FeeKind
from booking.domain.ledger import EntryKind, accounts
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service as checkout_service
from booking.money.checkout.models import PayIn
from booking.money.fund import queries as fund_queries
from booking.money.fund.models import Entry
from booking.money.fund.service import HandEntry, enter
from booking.money.payments.models import Method
from tests.builders import checkout as build
from tests.builders import schools
from tests.builders.schools import as_
from tests.page import check_page, soup, text, words

#: Tells pupils with the same name apart.
LETTERS = itertools.cycle("ABCDEFGH")


@pytest.fixture
def school(db_session):
    schools.make_terms()
    return schools.make_school(slug="larkrise")


@pytest.fixture
def coordinator(app, school):
    return as_(app, schools.make_person(role=Role.COORDINATOR, school=school))


@pytest.fixture
def event(db_session):
    return build.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION)


def take(event, school, pence, *, method=Method.CASH, reference=""):
    """Record money that a school took for a new pupil."""
    family = build.make_family(event, school=school, forename=f"Ada {next(LETTERS)}")
    with transaction():
        return checkout_service.receive_money(
            actor=COMMAND,
            now=clock.now(),
            booking=family.booking,
            method=method,
            amount_pence=pence,
            reference=reference,
        )


def summary(response):
    assert response.status_code == 422
    return words(check_page(response).select_one(".error-summary"))


def filled_in(page, **changes):
    """Return what the page's form sends."""
    hidden = {n: soup(page).find("input", {"name": n})["value"] for n in ("listed", "listed_pence")}
    return hidden | {"reference": "000123", "banked_on": clock.today().isoformat()} | changes


def pay_ins():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(PayIn))


def held(account):
    return {fund_: pence for fund_, pence in fund_queries.held_by_fund(account).items() if pence}


def test_cash_and_cheques_are_listed_and_banked_together(coordinator, event, school):
    take(event, school, 600)
    take(event, school, 100, method=Method.CHEQUE, reference="0042")
    take(event, school, 500, method=Method.BANK_TRANSFER, reference="LARK 1")
    before, bank = held(accounts.CASH), held(accounts.BANK)

    page = coordinator.get("/school/cash/")
    assert "To take to the bank: £7.00." in text(page)
    assert "Cheque 0042 £1.00" in text(page)
    assert "LARK 1" not in text(page)
    assert coordinator.post("/school/cash/", data=filled_in(page)).status_code == 303

    page = coordinator.get("/school/cash/")
    assert "Nothing to take to the bank" in text(page)
    assert "000123 £7.00" in text(page)
    assert held(accounts.CASH) == {}
    moved = {fund_: pence - bank[fund_] for fund_, pence in held(accounts.BANK).items()}
    assert moved == before


def test_what_was_handed_back_in_cash_is_not_banked(coordinator, event, school):
    payment = take(event, school, 600)
    with transaction():
        refund = checkout_service.refund(
            actor=COMMAND, now=clock.now(), line=payment.lines[0], amount_pence=250, reason="Ill."
        )
        checkout_service.give_back_by_hand(actor=COMMAND, now=clock.now(), refund=refund)

    page = coordinator.get("/school/cash/")
    assert "To take to the bank: £3.50." in text(page)
    coordinator.post("/school/cash/", data=filled_in(page))

    assert held(accounts.CASH) == {}


def test_money_that_came_after_the_page_was_opened_waits_for_the_next_slip(
    coordinator, event, school
):
    take(event, school, 600)
    page = coordinator.get("/school/cash/")
    take(event, school, 300)

    assert coordinator.post("/school/cash/", data=filled_in(page)).status_code == 303

    assert "To take to the bank: £3.00." in text(coordinator.get("/school/cash/"))


def test_a_slip_sent_twice_is_recorded_once(coordinator, event, school):
    take(event, school, 600)
    data = filled_in(coordinator.get("/school/cash/"))
    coordinator.post("/school/cash/", data=data)

    assert "The list has changed" in summary(coordinator.post("/school/cash/", data=data))
    assert pay_ins() == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"reference": ""}, "Enter the paying-in slip number."),
        ({"reference": "  "}, "Enter the paying-in slip number."),
        ({"banked_on": ""}, "Enter the date."),
        ({"banked_on": "soon"}, "Enter a date, such as"),
        ({"listed_pence": "599"}, "The list has changed"),
        ({"listed": ""}, "The list has changed"),
        ({"listed": "no-such-payment"}, "The list has changed"),
    ],
)
def test_a_wrong_slip_is_refused_and_writes_nothing(coordinator, event, school, changes, reason):
    take(event, school, 600)
    data = filled_in(coordinator.get("/school/cash/"), **changes)

    answer = coordinator.post("/school/cash/", data=data)

    assert reason in summary(answer)
    assert pay_ins() == 0
    assert sum(held(accounts.CASH).values()) == 600


def test_a_day_to_come_is_refused(coordinator, event, school):
    take(event, school, 600)
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    data = filled_in(coordinator.get("/school/cash/"), banked_on=tomorrow)
    answer = coordinator.post("/school/cash/", data=data)
    assert "in the future" in summary(answer)
    assert soup(answer).find("input", {"name": "reference"})["value"] == "000123"
    assert pay_ins() == 0


def test_cash_that_the_treasurer_has_banked_is_not_banked_again(coordinator, event, school):
    take(event, school, 600)
    data = filled_in(coordinator.get("/school/cash/"))
    with transaction():
        enter(
            actor=COMMAND,
            now=clock.now(),
            entry=HandEntry(
                reference="by-hand-1",
                kind=EntryKind.CASH_BANKED,
                pence=600,
                entered_on=clock.today(),
            ),
        )

    assert "There is only £0.00 in the cash box." in summary(
        coordinator.post("/school/cash/", data=data)
    )
    banked = select(func.count()).where(Entry.kind == EntryKind.CASH_BANKED.value)
    assert db.session.scalar(banked) == 1
    assert pay_ins() == 0


def test_another_schools_money_is_not_listed_and_not_banked(app, coordinator, event, school):
    other = schools.make_school()
    payment = take(event, other, 600)
    page = coordinator.get("/school/cash/")
    assert "Nothing to take to the bank" in text(page)

    data = {
        "listed": payment.public_id,
        "listed_pence": "600",
        "reference": "1",
        "banked_on": clock.today().isoformat(),
    }
    assert "The list has changed" in summary(coordinator.post("/school/cash/", data=data))


def test_more_money_takes_no_more_queries(coordinator, event, school, count_queries):
    def visit():
        coordinator.get("/school/cash/")
        with count_queries() as asked:
            assert coordinator.get("/school/cash/").status_code == 200
        return len(asked)

    take(event, school, 600)
    one = visit()
    take(event, school, 200)
    take(event, school, 300, method=Method.CHEQUE, reference="7")
    assert visit() == one
