"""Money at the bank that names invoices: proposed, recorded with one press, and matched."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.domain.funds import Fund
from booking.domain.invoicing import InvoiceState, reference
from booking.domain.ledger import accounts
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db
from booking.money.bank.models import BankLine
from booking.money.fund import queries as fund_queries
from booking.money.invoices import queries, soundness
from booking.money.invoices.models import Invoice
from tests.builders import bank as build_bank
from tests.builders import invoices as build
from tests.builders import schools
from tests.builders.schools import as_
from tests.page import check_page, soup, text, words

ADDRESS = "/invoices/schools/larkrise/give-back"
FIRST, SECOND = reference("2026/27", 1), reference("2026/27", 2)


@pytest.fixture
def invoice(school):
    """An invoice of £18.00."""
    [made] = build.raise_for(build.make_event({school: 3}))
    return made


def arrive(*rows):
    """Import a statement with these lines: words and pence."""
    today = clock.today()
    build_bank.make_statement(*((today, words_, pence) for words_, pence in rows))


def proposed(treasurer):
    page = treasurer.get("/fund/bank/matching")
    return [
        (words(box.find_parent("tr")), str(box["value"]), box.has_attr("checked"))
        for box in soup(page).select("[name=line]")
    ]


def record(treasurer, *lines):
    return treasurer.post("/fund/invoices/arrived", data={"line": list(lines)})


def now_is(invoice):
    db.session.rollback()
    return queries.by_public_id(invoice.public_id)


def unmatched():
    db.session.rollback()
    return db.session.scalars(
        select(BankLine.description).where(
            BankLine.match_id.is_(None), BankLine.brought_forward.is_(False)
        )
    ).all()


@pytest.mark.parametrize("written", [FIRST, FIRST.replace(" ", ""), FIRST.lower(), "RF70-26270001"])
def test_a_payment_is_found_by_its_reference_however_it_is_spaced(treasurer, invoice, written):
    arrive((f"FPI LARKRISE {written} BGC", 1800))

    [(row, line, ticked)] = proposed(treasurer)
    assert "Invoice 2026/27-0001, Larkrise Middle School" in row
    assert "£18.00 in full." in row
    assert ticked
    assert record(treasurer, line).location == "/fund/bank/matching"

    assert now_is(invoice).state is InvoiceState.PAID
    assert unmatched() == []
    assert fund_queries.held_by_fund(accounts.BANK)[Fund.EVENTS] == 1350
    assert proposed(treasurer) == []
    assert list(soundness.problems()) == []


def test_a_part_is_recorded_as_a_part(treasurer, invoice):
    arrive((FIRST, 500))
    [(row, line, ticked)] = proposed(treasurer)
    assert "£5.00 of £18.00 that is due." in row
    assert ticked
    record(treasurer, line)
    found = now_is(invoice)
    assert (found.state, found.paid_pence) == (InvoiceState.RAISED, 500)
    assert unmatched() == []


def test_two_parts_on_two_lines_settle_it(treasurer, invoice):
    arrive((FIRST, 500), (FIRST, 1300))
    record(treasurer, *(line for _, line, _ in proposed(treasurer)))
    assert now_is(invoice).state is InvoiceState.PAID
    assert unmatched() == []


def test_what_is_too_much_stays_the_schools_until_it_is_given_back(treasurer, invoice, school):
    arrive((FIRST, 2000))
    [(row, line, ticked)] = proposed(treasurer)
    assert "£18.00 in full. £2.00 is more than is due" in row
    assert not ticked
    record(treasurer, line)

    assert now_is(invoice).state is InvoiceState.PAID
    assert unmatched() == []
    page = text(treasurer.get("/invoices/schools/larkrise/"))
    assert "£2.00 more has been paid than is due" in page
    data = {"account": accounts.BANK, "paid_on": clock.today().isoformat()}
    address = "/invoices/schools/larkrise/give-back"
    refused = treasurer.post(address, data={**data, "pence": "2.01"})
    assert "£2.00 more than it owes" in words(check_page(refused).select_one(".error-summary"))
    assert treasurer.post(address, data={**data, "pence": "2"}).status_code == 303
    assert "more has been paid" not in text(treasurer.get("/invoices/schools/larkrise/"))
    assert fund_queries.held_by_fund(accounts.due_from_school("larkrise")) == {
        "events": 0,
        "cpd": 0,
        "admin": 0,
    }
    assert list(soundness.problems()) == []


def give_back(browser, pounds, key):
    data = {"account": accounts.BANK, "paid_on": clock.today().isoformat(), "form_key": key}
    return browser.post(ADDRESS, data={**data, "pence": pounds})


def owed_back():
    db.session.rollback()
    return sum(fund_queries.held_by_fund(accounts.due_from_school("larkrise")).values())


def paid_too_much(treasurer, pence):
    """Let a bank line pay the invoice of £18.00, and so many pence more."""
    arrive((FIRST, 1800 + pence))
    record(treasurer, proposed(treasurer)[0][1])


def test_more_than_one_person_may_pay_is_given_back_by_two(app, treasurer, invoice, school):
    paid_too_much(treasurer, 15_000)
    lead = as_(app, schools.make_person(role=Role.LEAD))

    asked = give_back(treasurer, "150", "first")
    assert "/fund/spending/" in asked.location
    assert owed_back() == -15_000, "nothing is recorded yet"
    again = give_back(treasurer, "150", "second")
    assert again.status_code == 303
    assert treasurer.post(f"{asked.location}/approve").status_code in {403, 422}
    assert lead.post(f"{asked.location}/approve").status_code == 303
    assert owed_back() == 0
    late = lead.post(f"{again.location}/approve")
    assert (late.status_code, owed_back()) == (422, 0)
    assert "£0.00 more than it owes" in text(late)
    assert "Given back to the school" in text(treasurer.get("/invoices/schools/larkrise/"))
    assert list(soundness.problems()) == []


def test_several_small_sums_count_together(treasurer, invoice, school):
    schools.make_person(role=Role.LEAD)
    paid_too_much(treasurer, 15_000)

    assert "/invoices/schools/" in give_back(treasurer, "80", "first").location
    assert "/fund/spending/" in give_back(treasurer, "70", "second").location
    assert owed_back() == -7_000


def test_nobody_gives_back_alone_to_a_school_of_their_own(app, treasurer, invoice, school):
    schools.make_person(role=Role.LEAD)
    paid_too_much(treasurer, 200)
    own = schools.make_person(role=Role.TREASURER)
    schools.grant(own, Role.COORDINATOR, school)
    browser = as_(app, own)

    assert "You hold a role at this school" in text(browser.get(ADDRESS))
    assert "/fund/spending/" in give_back(browser, "2", "first").location
    assert owed_back() == -200


def test_one_line_for_two_invoices_pays_both(treasurer, invoice, school):
    [other] = build.raise_for(build.make_event({school: 1}, title="Chess day"))
    arrive((f"LARKRISE {FIRST} AND {SECOND}", 2400))
    [(_, line, ticked)] = proposed(treasurer)
    assert ticked
    record(treasurer, line)
    assert {now_is(each).state for each in (invoice, other)} == {InvoiceState.PAID}
    assert unmatched() == []


@pytest.mark.parametrize(
    ("written", "pence"),
    [("RF71 2627 0001", 1800), ("LARKRISE SCHOOL", 1800), (FIRST, -1800), (SECOND, 1800)],
)
def test_what_names_no_open_invoice_is_not_proposed(treasurer, invoice, written, pence):
    arrive((written, pence))
    assert proposed(treasurer) == []


def test_what_is_recorded_already_is_matched_and_not_recorded_twice(treasurer, invoice):
    build.pay(invoice, 500)
    arrive((FIRST, 500))
    assert proposed(treasurer) == []
    token = soup(treasurer.get("/fund/bank/matching")).select_one("[name=token]")
    assert token.has_attr("checked")


def test_a_press_too_late_records_nothing_more(treasurer, invoice):
    arrive((FIRST, 1800))
    [(_, line, _)] = proposed(treasurer)
    record(treasurer, line)
    answer = record(treasurer, line)
    assert "changed since you opened the page" in treasurer.get(answer.location).get_data(
        as_text=True
    )
    assert now_is(invoice).paid_pence == 1800
    assert db.session.scalars(select(Invoice.paid_pence)).all() == [1800]


def test_nothing_ticked_is_said(treasurer, invoice):
    answer = record(treasurer)
    assert "Tick the payments that are right." in treasurer.get(answer.location).get_data(
        as_text=True
    )


def test_nobody_but_the_treasurer_records(app, invoice):
    arrive((FIRST, 1800))
    line = db.session.scalars(select(BankLine.public_id).where(BankLine.description == FIRST)).one()
    auditor = as_(app, schools.make_person(role=Role.AUDITOR))
    assert soup(auditor.get("/fund/bank/matching")).select("[name=line]") == []
    assert record(auditor, line).status_code in {403, 404}
    assert now_is(invoice).paid_pence == 0


def test_a_payment_a_week_old_counts_for_its_own_day(treasurer, invoice):
    then = clock.today() - timedelta(days=7)
    build_bank.make_statement((then, FIRST, 1800))
    [(_, line, _)] = proposed(treasurer)
    record(treasurer, line)
    assert [each.paid_on for each in now_is(invoice).payments] == [then]
