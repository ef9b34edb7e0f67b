"""Invoices to schools: billed once, for those expected, and in the ledger to the penny."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from booking.days.places import service as place_service
from booking.domain.booking_states import BookingState
from booking.domain.invoicing import InvoiceState
from booking.domain.ledger import accounts
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.money.fund import queries as fund_queries
from booking.money.fund.models import Entry
from booking.money.invoices import queries, soundness
from booking.money.invoices import words as invoice_words
from booking.money.invoices.models import Invoice
from tests.builders import invoices as build
from tests.builders import schools
from tests.builders.schools import as_
from tests.page import check_page, soup, text, words

NUMBER = "2026/27-0001"


@pytest.fixture
def other(db_session):
    return schools.make_school(slug="marlstone", name="Marlstone Primary School")


@pytest.fixture
def coordinator(app, school):
    return as_(app, schools.make_person(role=Role.COORDINATOR, school=school))


def summary(response):
    assert response.status_code == 422
    return words(check_page(response).select_one(".error-summary"))


def only():
    return queries.by_public_id(db.session.scalars(select(Invoice.public_id)).one())


def owes(school):
    return sum(fund_queries.held_by_fund(accounts.due_from_school(school.slug)).values())


def test_a_treasurer_bills_the_schools_and_records_what_comes(
    treasurer, coordinator, school, other
):
    event = build.make_event({school: 3, other: 1})

    page = text(treasurer.get("/fund/invoices/"))
    assert f"{event.title}" in page
    assert "Bill the schools" in page
    bill = f"/fund/invoices/events/{event.slug}"
    assert "Larkrise Middle School 3 £6.00 £18.00" in text(treasurer.get(bill))
    assert "Total 4 £24.00" in text(treasurer.get(bill))
    assert treasurer.post(bill).location == "/fund/invoices/"

    mine = coordinator.get("/school/invoices/")
    assert "£18.00 is still to pay" in text(mine)
    invoice = soup(mine).select_one("table a")["href"]
    assert "£18.00 is due by" in text(coordinator.get(invoice))
    assert f"Pay invoice {NUMBER}: £18.00" in text(coordinator.get("/school/"))
    assert owes(school) == 1800

    today = clock.today().isoformat()
    part = {"pence": "10", "account": accounts.BANK, "paid_on": today}
    assert treasurer.post(f"{invoice}/paid", data=part).location == invoice
    assert "£8.00 is due by" in text(coordinator.get(invoice))
    treasurer.post(f"{invoice}/paid", data={**part, "pence": "8"})

    assert "Paid in full" in text(coordinator.get(invoice))
    assert owes(school) == 0
    assert fund_queries.held_by_fund(accounts.BANK) == {"events": 1350, "admin": 0, "cpd": 450}
    assert "Pay invoice" not in text(coordinator.get("/school/"))


def test_the_debt_follows_the_published_breakdown(school):
    build.raise_for(build.make_event({school: 2}))
    held = fund_queries.held_by_fund(accounts.due_from_school("larkrise"))
    assert held == {"events": 900, "admin": 0, "cpd": 300}


def test_a_place_that_was_kept_is_billed_and_one_given_back_is_not(school):
    event = build.make_event({school: 2})
    before = clock.now() - timedelta(days=60)
    build.add(event, school, BookingState.DECLINED, now=before)
    absent = build.add(event, school, BookingState.CONFIRMED, now=before)
    with transaction():
        place_service.mark(actor=COMMAND, now=clock.now(), booking=absent, attended=False)

    [invoice] = build.raise_for(event)

    assert (invoice.pupils, invoice.amount_pence) == (3, 1800)


def test_each_school_is_written_to_once(school, other):
    schools.make_person(role=Role.COORDINATOR, school=school, email="cora@larkrise.example")
    first, _second = build.raise_for(build.make_event({school: 1, other: 1}))
    [letter] = db.session.scalars(select(Message).where(Message.template == "invoice_raised"))
    assert letter.keep_until.astimezone(clock.LONDON).date() == first.due_on
    assert letter.recipient == "cora@larkrise.example"
    assert NUMBER in letter.subject


def test_nobody_is_billed_twice(treasurer, school):
    event = build.make_event({school: 1})
    build.raise_for(event)

    refused = summary(treasurer.post(f"/fund/invoices/events/{event.slug}"))

    assert "Every school has already been billed for this event." in refused
    assert db.session.scalar(select(func.count()).select_from(Invoice)) == 1
    assert "To bill" not in text(treasurer.get("/fund/invoices/"))


def test_numbers_have_no_gaps(school, other):
    first = build.raise_for(build.make_event({school: 1, other: 1}))
    second = build.raise_for(build.make_event({school: 1}, title="Chess day"))
    assert [invoice_words.number_of(invoice)[-4:] for invoice in first + second] == [
        "0001",
        "0002",
        "0003",
    ]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"days": 3}, "Schools can be billed once the event is over."),
        ({"fee_kind": "free"}, "Schools do not pay for this event"),
    ],
)
def test_an_event_that_is_not_to_bill_is_refused(treasurer, school, facts, reason):
    if "fee_kind" in facts:
        event = build.events.make_event()
    else:
        event = build.make_event({school: 1}, **facts)
    assert reason in summary(treasurer.post(f"/fund/invoices/events/{event.slug}"))
    assert db.session.scalar(select(func.count()).select_from(Entry)) == 0


def test_a_cancelled_event_bills_nobody(treasurer, school):
    event = build.make_event({school: 1}, days=3)
    build.events.cancel_event(event)
    assert "did not take place" in summary(treasurer.post(f"/fund/invoices/events/{event.slug}"))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"pence": "6.01"}, "Only £6.00 is still to be paid."),
        ({"pence": "0"}, "Enter an amount above zero."),
        ({"pence": ""}, "Enter an amount in pounds"),
        ({"pence": "six"}, "“six” is not an amount."),
        ({"paid_on": "2027-06-01"}, "This date is in the future."),
        ({"paid_on": ""}, "Enter the date."),
        ({"account": "assets:card-clearing"}, "The ledger has no such account."),
    ],
)
def test_a_payment_that_cannot_be_is_refused_and_kept(treasurer, school, changes, reason):
    build.raise_for(build.make_event({school: 1}))
    invoice = only()
    sent = {
        "pence": "6",
        "account": accounts.BANK,
        "paid_on": clock.today().isoformat(),
        **changes,
    }

    answer = treasurer.post(f"/invoices/{invoice.public_id}/paid", data=sent)

    assert reason in summary(answer)
    assert soup(answer).select_one("[name=pence]")["value"] == sent["pence"]
    db.session.rollback()
    assert only().paid_pence == 0
    assert owes(school) == 600


def test_a_wrong_invoice_is_cancelled_and_billed_anew(treasurer, coordinator, school):
    event = build.make_event({school: 1})
    build.raise_for(event)
    address = f"/invoices/{only().public_id}"

    assert "Give a reason" in summary(treasurer.post(f"{address}/cancel", data={"reason": " "}))
    reason = {"reason": "The pupil was at another school."}
    assert treasurer.post(f"{address}/cancel", data=reason).location == address

    assert "The pupil was at another school." in text(coordinator.get(address))
    assert owes(school) == 0
    [again] = build.raise_for(event)
    assert invoice_words.number_of(again)[-4:] == "0002"
    done = set(db.session.scalars(select(AuditEntry.action)))
    assert {"raise_invoice", "cancel_invoice"} <= done


def test_an_invoice_that_was_paid_for_is_not_cancelled(treasurer, school):
    build.raise_for(build.make_event({school: 1}))
    invoice = only()
    paid = {"pence": "1", "account": accounts.BANK, "paid_on": clock.today().isoformat()}
    treasurer.post(f"/invoices/{invoice.public_id}/paid", data=paid)

    answer = treasurer.post(f"/invoices/{invoice.public_id}/cancel", data={"reason": "Wrong."})

    assert "This invoice has been paid in full or in part" in summary(answer)
    db.session.rollback()
    assert only().state is InvoiceState.RAISED


def test_the_paper_says_what_is_due_and_names_no_pupil(coordinator, school):
    event = build.make_event({school: 2})
    build.raise_for(event)
    answer = coordinator.get(f"/invoices/{only().public_id}.pdf")

    assert answer.mimetype == "application/pdf"
    paper = PdfReader(BytesIO(answer.data)).pages[0].extract_text()
    for expected in (NUMBER, "Larkrise Middle School", "£12.00", event.title, "£9.00 speaker"):
        assert expected in paper
    assert "Featherstonehaugh" not in paper


def paper_of(client):
    answer = client.get(f"/invoices/{only().public_id}.pdf")
    return " ".join(PdfReader(BytesIO(answer.data)).pages[0].extract_text().split())


def test_the_paper_says_all_that_an_office_needs_to_pay(coordinator, school, app):
    with transaction():
        school.address, school.town, school.postcode = "Hanger Lane", "Aldermere", "AL4 2QT"
    app.config["PAYEE_IBAN"] = "GB82 WEST 1234 5698 7654 32"
    app.config.update(PAYEE_SORT_CODE="12-34-56", PAYEE_ACCOUNT_NUMBER="98765432")
    build.raise_for(build.make_event({school: 2}))

    paper = paper_of(coordinator)

    for expected in (
        "Hanger Lane Aldermere AL4 2QT",
        "The Old Library Market Place Aldermere AL1 2FP",
        "Sort code 12-34-56",
        "Account number 98765432",
        "IBAN GB82 WEST 1234 5698 7654 32",
        "Reference RF70 2627 0001",
        "Remittance slip",
        "Questions: treasurer@fairplace.example",
        "Due by",
    ):
        assert expected in paper
    page = text(coordinator.get(f"/invoices/{only().public_id}"))
    assert "Account number 98765432" in page
    assert "Reference RF70 2627 0001" in page


def test_the_paper_of_a_paid_invoice_asks_for_nothing(coordinator, school):
    build.raise_for(build.make_event({school: 2}))
    build.pay(only(), 1200)
    paper = paper_of(coordinator)
    assert "£12.00 has been received. Thank you." in paper
    assert "Remittance slip" not in paper
    assert "still to be paid" not in paper


def without_account(app):
    app.config.update(PAYEE_SORT_CODE="", PAYEE_ACCOUNT_NUMBER="", PAYEE_IBAN="")


def test_no_invoice_is_sent_before_it_can_say_where_to_pay(app, treasurer, school):
    event = build.make_event({school: 1})
    without_account(app)

    refused = summary(treasurer.post(f"/fund/invoices/events/{event.slug}"))

    assert "set PAYEE_SORT_CODE and PAYEE_ACCOUNT_NUMBER, or PAYEE_IBAN" in refused
    assert db.session.scalar(select(func.count()).select_from(Invoice)) == 0
    assert "No invoice can be sent yet" in text(treasurer.get("/fund/invoices/"))


def test_what_is_missing_is_told_to_treasurer_lead_and_doctor(app, treasurer, school):
    lead = as_(app, schools.make_person(role=Role.LEAD))
    words_of_task = "Invoices cannot be sent: they could not say where to pay"
    without_account(app)
    assert words_of_task not in text(lead.get("/admin/"))
    assert list(soundness.not_payable()) == []

    build.make_event({school: 1})

    assert words_of_task in text(lead.get("/admin/"))
    assert words_of_task in text(treasurer.get("/fund/"))
    assert list(soundness.not_payable()) == [
        "PAYEE_SORT_CODE and PAYEE_ACCOUNT_NUMBER, or PAYEE_IBAN is not set: see docs/OPERATIONS.md"
    ]


def test_an_invoice_from_before_says_whom_to_ask(app, coordinator, school):
    build.raise_for(build.make_event({school: 1}))
    without_account(app)
    assert "Where to pay is not said yet" in text(coordinator.get(f"/invoices/{only().public_id}"))
    assert "Please ask for the bank details" in paper_of(coordinator)


def test_another_school_does_not_see_it(app, school, other):
    build.raise_for(build.make_event({school: 1}))
    stranger = as_(app, schools.make_person(role=Role.COORDINATOR, school=other))
    for ending in ("", ".pdf", "/paid"):
        assert stranger.get(f"/invoices/{only().public_id}{ending}").status_code == 404


def test_more_invoices_take_no_more_queries(treasurer, school, count_queries):
    def visit():
        treasurer.get("/fund/invoices/")
        with count_queries() as asked:
            assert treasurer.get("/fund/invoices/").status_code == 200
        return len(asked)

    build.raise_for(build.make_event({school: 1}))
    build.make_event({school: 1}, title="To bill")
    one = visit()
    for number in range(3):
        build.raise_for(build.make_event({school: 1}, title=f"Day {number}"))
        build.make_event({school: 1}, title=f"To bill {number}")
    assert visit() == one
