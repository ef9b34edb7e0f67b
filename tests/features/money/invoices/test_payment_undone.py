"""Payments and invoices that were recorded by mistake: undone on their page, with their entries."""

import pytest
from sqlalchemy import select

from booking.domain.invoicing import InvoiceNotPayable, InvoiceState
from booking.domain.ledger import accounts
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.money.fund import ports as fund_ports
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.fund.models import Decision, Entry
from booking.money.invoices import queries, service, soundness
from booking.money.invoices.models import Invoice
from tests.builders import invoices as build
from tests.builders import schools
from tests.page import check_page, soup, words

WHY = {"reason": "The transfer was another school’s."}


@pytest.fixture
def coordinator(school):
    return schools.make_person(role=Role.COORDINATOR, school=school)


@pytest.fixture
def paid(school, coordinator):
    """An invoice of £12.00, paid in full by one payment; and the payment."""
    [invoice] = build.raise_for(build.make_event({school: 2}))
    return invoice, build.pay(invoice, 1200)


def now_is(invoice):
    db.session.rollback()
    return queries.by_public_id(invoice.public_id)


def owes():
    db.session.rollback()
    return sum(fund_queries.held_by_fund(accounts.due_from_school("larkrise")).values())


def entry(key):
    db.session.rollback()
    return fund_queries.by_key(key)


def reverse_by_hand(key):
    """Reverse an entry in the ledger alone, as could be done before."""
    with fund_ports.entry_sources.instead(), transaction():
        fund.reverse(actor=COMMAND, now=clock.now(), entry=entry(key), reason="By hand")


def unsound():
    db.session.rollback()
    return list(soundness.problems())


def undo_address(invoice, payment):
    return f"/invoices/{invoice.public_id}/payments/{payment.public_id}/undo"


def test_a_payment_is_taken_back_with_its_entry(treasurer, paid):
    invoice, payment = paid
    page = treasurer.get(f"/invoices/{invoice.public_id}")
    assert "Undo the payment of £12.00" in page.text
    check = check_page(treasurer.get(undo_address(invoice, payment)))
    assert "asks for this amount again" in words(check.main)

    answer = treasurer.post(undo_address(invoice, payment), data=WHY, follow_redirects=True)

    assert "The payment has been undone." in answer.text
    found = now_is(invoice)
    assert (found.state, found.paid_pence, owes()) == (InvoiceState.RAISED, 0, 1200)
    assert entry(service.payment_key(payment)).reversed_by.reason == WHY["reason"]
    assert "Undone: The transfer was another" in answer.text
    assert "undo_invoice_payment" in set(db.session.scalars(select(AuditEntry.action)))
    assert unsound() == []


def test_the_school_is_told_what_was_taken_back_and_what_is_left(treasurer, paid, coordinator):
    invoice, payment = paid

    treasurer.post(undo_address(invoice, payment), data=WHY)

    [letter] = db.session.scalars(select(Message).where(Message.template == "undone"))
    assert letter.recipient == coordinator.email
    assert "The payment of £12.00 for invoice 2026/27-0001" in letter.text
    assert WHY["reason"] in letter.text
    assert "£12.00 is still to be paid." in letter.text


def test_the_real_payment_can_be_recorded_afterwards(treasurer, paid):
    invoice, payment = paid
    treasurer.post(undo_address(invoice, payment), data=WHY)

    build.pay(now_is(invoice), 500)
    build.pay(now_is(invoice), 700)

    found = now_is(invoice)
    assert (found.state, found.paid_pence, owes()) == (InvoiceState.PAID, 1200, 0)
    assert unsound() == []


def test_a_payment_is_taken_back_once(treasurer, paid):
    invoice, payment = paid
    treasurer.post(undo_address(invoice, payment), data=WHY)

    again = treasurer.post(undo_address(invoice, payment), data=WHY)

    assert again.status_code == 422
    assert "has already been undone" in again.text
    assert owes() == 1200
    assert treasurer.get(undo_address(invoice, payment)).status_code == 303


def test_without_a_reason_nothing_is_taken_back(treasurer, paid):
    invoice, payment = paid

    answer = treasurer.post(undo_address(invoice, payment), data={"reason": "  "})

    assert answer.status_code == 422
    assert now_is(invoice).state is InvoiceState.PAID


def test_the_ledger_leads_to_the_invoice(treasurer, paid):
    invoice, payment = paid
    address = f"/fund/entries/{service.payment_key(payment)}"

    page = treasurer.get(address)
    main = soup(page).main
    assert "This entry was made by invoice 2026/27-0001" in words(main)
    assert main.find("a", string="Open the invoice")["href"] == f"/invoices/{invoice.public_id}"
    assert "Reverse this entry" not in page.text

    refused = treasurer.post(f"{address}/reverse", data=WHY)
    assert refused.status_code == 422
    assert "undo the payment there" in refused.text
    assert now_is(invoice).state is InvoiceState.PAID
    found = entry(service.payment_key(payment))
    for act in (fund.reverse, fund.reverse_or_ask, fund.ask_reversal):
        with pytest.raises(fund.MadeElsewhere, match="invoice 2026/27-0001"), transaction():
            act(actor=COMMAND, now=clock.now(), entry=found, reason="Wrong.")


def test_an_invoice_is_cancelled_after_its_payment_was_taken_back(treasurer, paid):
    invoice, payment = paid
    cancel = f"/invoices/{invoice.public_id}/cancel"
    assert "undo its payments first" in treasurer.post(cancel, data=WHY).text
    treasurer.post(undo_address(invoice, payment), data=WHY)

    assert treasurer.post(cancel, data=WHY).status_code == 303

    assert now_is(invoice).state is InvoiceState.CANCELLED
    assert (owes(), unsound()) == (0, [])
    letters = db.session.scalars(select(Message).where(Message.template == "undone")).all()
    assert "There is nothing to pay for it." in letters[-1].text


class TestTwoPeople:
    """Above the network's limit a second person agrees, and then all of it is undone."""

    @pytest.fixture
    def large(self, school, coordinator):
        [invoice] = build.raise_for(build.make_event({school: 20}))
        return invoice, build.pay(invoice, 12_000)

    @pytest.fixture
    def second(self, app, school):
        client = app.test_client()
        schools.sign_in(client, schools.make_person(role=Role.LEAD))
        return client

    def the_decision(self):
        db.session.rollback()
        return db.session.scalars(select(Decision)).one()

    def test_the_payment_stands_until_the_second_agrees(self, treasurer, second, large):
        invoice, payment = large
        assert "a second person has to agree" in treasurer.get(undo_address(invoice, payment)).text

        treasurer.post(undo_address(invoice, payment), data=WHY)

        assert now_is(invoice).state is InvoiceState.PAID
        waits = treasurer.get(undo_address(invoice, payment)).text
        assert "A second person has been asked" in waits
        decision = f"/fund/decisions/{self.the_decision().public_id}"
        assert second.post(f"{decision}/approve").status_code == 303
        found = now_is(invoice)
        assert (found.state, found.paid_pence, owes()) == (InvoiceState.RAISED, 0, 12_000)
        assert self.the_decision().made.reverses.key == service.payment_key(payment)
        assert unsound() == []

    def test_a_refusal_leaves_everything(self, treasurer, second, large):
        invoice, payment = large
        treasurer.post(undo_address(invoice, payment), data=WHY)

        decision = f"/fund/decisions/{self.the_decision().public_id}"
        second.post(f"{decision}/refuse", data={"answer": "It did come."})

        assert now_is(invoice).state is InvoiceState.PAID
        assert unsound() == []

    def test_what_came_meanwhile_is_said_to_the_second(self, treasurer, second, school):
        [invoice] = build.raise_for(build.make_event({school: 20}))
        treasurer.post(f"/invoices/{invoice.public_id}/cancel", data=WHY)
        build.pay(now_is(invoice), 600)

        decision = f"/fund/decisions/{self.the_decision().public_id}"
        answer = second.post(f"{decision}/approve")

        assert answer.status_code == 422
        assert "undo its payments first" in answer.text
        assert now_is(invoice).state is InvoiceState.RAISED


class TestReversedByHandBefore:
    """What was reversed in the ledger alone, when that could be done."""

    def test_a_payment_is_named_and_put_right_on_its_page(self, treasurer, paid):
        invoice, payment = paid
        reverse_by_hand(service.payment_key(payment))
        [problem] = unsound()
        assert "invoice 2026/27-0001 was paid £12.00" in problem
        assert "undo the payment on its page" in problem

        assert treasurer.post(undo_address(invoice, payment), data=WHY).status_code == 303

        assert (now_is(invoice).state, owes(), unsound()) == (InvoiceState.RAISED, 1200, [])
        count = db.session.query(Entry).filter(Entry.kind == "reversal").count()
        assert count == 1

    def test_a_debt_that_is_gone_takes_no_payment(self, treasurer, school):
        [invoice] = build.raise_for(build.make_event({school: 2}))
        reverse_by_hand(service.key_of(invoice))
        assert "invoice 2026/27-0001 asks for £12.00" in unsound()[0]

        with pytest.raises(InvoiceNotPayable, match="does not hold this debt"):
            build.pay(now_is(invoice), 1200)
        assert owes() == 0
        treasurer.post(f"/invoices/{invoice.public_id}/cancel", data=WHY)

        assert (now_is(invoice).state, owes(), unsound()) == (InvoiceState.CANCELLED, 0, [])


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"paid_pence": 100}, "says paid"), ({"state": InvoiceState.RAISED}, "says raised")],
)
def test_the_doctor_finds_a_page_that_says_something_else(paid, changes, said):
    with transaction() as unit:
        invoice = unit.get_one(Invoice, paid[0].id)
        for name, value in changes.items():
            setattr(invoice, name, value)

    assert any(said in problem for problem in unsound())
