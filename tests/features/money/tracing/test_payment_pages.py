"""A payment's page leads along its whole way and back, and never says whose it is."""

import pytest
from sqlalchemy import select

from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service as checkout
from booking.money.fund import queries as fund_queries
from booking.money.payments.models import Method, Payment, PaymentLine
from tests.builders import checkout as families
from tests.builders import invoices
from tests.features.money.tracing.conftest import CANARY
from tests.page import soup, table_rows, text, words

WAY = "The way of the money, oldest first"
FUNDS = "What each fund has of this payment"
TITLE = "Contribution, Fossil hunt, Tindlebrook Primary School"


def way(page):
    return [row[0] for row in table_rows(page, WAY)]


def links(page):
    """Return the addresses that a page's main part links to."""
    return [a["href"] for a in soup(page).main.find_all("a")]


def follow(client, page, words_):
    """Open the link with these words."""
    [address] = {a["href"] for a in soup(page).main.find_all("a") if words(a).startswith(words_)}
    return client.get(address)


def test_card_payment_is_followed_to_the_bank_line_and_back(treasurer, bench):
    payment = families.pay(bench.family(), 600)
    payout_id = bench.pay_out()
    entry = fund_queries.by_key(f"payout:{payout_id}")
    pence = sum(line.pence for line in entry.lines if line.account == "assets:bank")
    bench.at_bank(entry.key, pence, "FAIRPAY PAYOUT")

    page = treasurer.get(f"/fund/payments/{payment.public_id}")

    assert words(soup(page).h1) == "Card payment of £6.00"
    assert way(page) == [
        TITLE,
        "Card fee, Fossil hunt",
        "Payout of card payments",
        "Into the bank account",
        "Paid out, with other card payments",
    ]
    payout = follow(treasurer, page, "Paid out")
    assert f"/fund/payments/{payment.public_id}" in links(payout)
    line = follow(treasurer, page, "Into the bank account")
    back = follow(treasurer, line, "See the payout")
    assert words(soup(back).h1) == words(soup(payout).h1)
    assert line.request.path in links(payout)
    in_ledger = follow(treasurer, page, TITLE)
    assert f"/fund/payments/{payment.public_id}" in links(in_ledger)


def test_funds_of_a_payment_add_up_to_what_is_left_of_it(treasurer, bench):
    payment = families.pay(bench.family(), 600)
    fee = payment.card_fee_pence

    rows = table_rows(treasurer.get(f"/fund/payments/{payment.public_id}"), FUNDS)

    assert rows[:-1] == [
        ["Events", "speaker", "£3.40"],
        ["Administration", "administration", "£0.60"],
        ["CPD fund", "CPD", "£2.00"],
        ["Administration", "Card fees", f"-£0.{fee:02d}"],
    ]
    assert rows[-1][-1] == f"£{(600 - fee) / 100:.2f}"


def test_refund_is_on_the_way_and_leads_back(treasurer, bench):
    payment = families.pay(bench.family(), 600)
    with transaction():
        line = db.session.scalars(select(PaymentLine)).one()
        checkout.refund(
            actor=COMMAND, now=clock.now(), line=line, reason=f"For {CANARY}", amount_pence=150
        )
    waiting = treasurer.get(f"/fund/payments/{payment.public_id}")
    checkout.execute_refunds(clock.now())

    page = treasurer.get(f"/fund/payments/{payment.public_id}")

    assert "A refund waits to go out" in way(waiting)
    assert way(page)[-1] == "Refund, Fossil hunt, Tindlebrook Primary School"
    refund = follow(treasurer, page, "Refund,")
    assert f"/fund/payments/{payment.public_id}" in links(refund)


def test_cash_is_followed_by_its_paying_in_slip_and_back(treasurer, bench):
    payments = [bench.by_hand(Method.CASH, 600), bench.by_hand(Method.CHEQUE, 400, number=2)]
    in_box = treasurer.get(f"/fund/payments/{payments[0].public_id}")
    slip = bench.take_to_bank(payments)
    bench.at_bank(f"pay-in:{slip.public_id}", 1000, "COUNTER CREDIT")

    page = treasurer.get(f"/fund/payments/{payments[0].public_id}")

    assert "It is in the school’s cash box." in text(in_box)
    assert way(page) == [
        TITLE,
        "Taken to the bank, paying-in slip 000123",
        "Cash taken to the bank",
        "Into the bank account",
    ]
    of_slip = follow(treasurer, page, "Taken to the bank")
    for payment in payments:
        assert f"/fund/payments/{payment.public_id}" in links(of_slip)
    line = follow(treasurer, page, "Into the bank account")
    assert of_slip.request.path in links(line)


def test_bank_transfer_is_followed_straight_to_its_bank_line_and_back(treasurer, bench):
    payment = bench.by_hand(Method.BANK_TRANSFER)
    bench.at_bank(f"payment:{payment.public_id}", 600, f"MRS {CANARY}")

    page = treasurer.get(f"/fund/payments/{payment.public_id}")

    assert way(page) == [TITLE, "Into the bank account"]
    line = follow(treasurer, page, "Into the bank account")
    assert f"/fund/payments/{payment.public_id}" in links(line)


def test_payment_of_a_school_is_followed_from_its_invoice_to_the_bank(treasurer, bench):
    [invoice] = invoices.raise_for(invoices.make_event({bench.school: 2}, title="Billed day"))
    payment = invoices.pay(invoice, 1200)
    bench.at_bank(f"invoice-paid:{payment.public_id}", 1200)

    page = treasurer.get(f"/fund/payments/{payment.public_id}")

    assert way(page) == [
        "Invoice, Billed day, Tindlebrook Primary School",
        "Invoice paid, Billed day, Tindlebrook Primary School",
        "Into the bank account",
    ]
    assert table_rows(page, FUNDS)[-1][-1] == "£12.00"
    of_invoice = follow(treasurer, page, "See the invoice")
    assert page.request.path in links(of_invoice)
    line = follow(treasurer, page, "Into the bank account")
    assert page.request.path in links(line)


@pytest.mark.parametrize("method", [Method.CASH, Method.CHEQUE, Method.BANK_TRANSFER])
def test_no_page_of_a_payment_made_by_hand_names_the_family(treasurer, bench, method):
    payment = bench.by_hand(method)
    bench.at_bank(f"payment:{payment.public_id}", 600, f"MRS {CANARY}") if (
        method is Method.BANK_TRANSFER
    ) else bench.take_to_bank([payment])

    assert CANARY not in treasurer.get(f"/fund/payments/{payment.public_id}").text


def test_no_page_of_a_card_payment_names_the_family(treasurer, bench):
    family = bench.family()
    payment = families.pay(family, 600)
    families.fail_refund(family, f"Asked by {CANARY}", 100)

    page = treasurer.get(f"/fund/payments/{payment.public_id}")

    assert "A refund did not go through" in way(page)
    assert CANARY not in page.text


def test_payment_that_was_not_completed_says_so(treasurer, bench):
    session_id = families.begin(bench.family(), 600)
    payment = db.session.scalars(select(Payment).where(Payment.session_id == session_id)).one()

    page = treasurer.get(f"/fund/payments/{payment.public_id}")

    assert "No money has come: the payment was not completed." in text(page)


def test_payment_of_nobody_is_not_found(treasurer):
    assert treasurer.get("/fund/payments/none").status_code == 404
    assert treasurer.get("/fund/slips/none").status_code == 404


def test_pages_take_as_many_queries_for_one_as_for_three(treasurer, bench, count_queries):
    one = bench.take_to_bank([bench.by_hand(Method.CASH)], "1")
    several = [bench.by_hand(Method.CASH, number=number) for number in (2, 3, 4)]
    three = bench.take_to_bank(several, "2")

    with count_queries() as few:
        treasurer.get(f"/fund/slips/{one.public_id}")
    with count_queries() as more:
        treasurer.get(f"/fund/slips/{three.public_id}")

    assert len(few) == len(more)


def test_payment_takes_as_many_queries_with_one_refund_as_with_three(
    treasurer, bench, count_queries
):
    payment = families.pay(bench.family(), 600)
    sent = []
    for _ in range(3):
        with transaction():
            line = db.session.scalars(select(PaymentLine)).one()
            checkout.refund(
                actor=COMMAND, now=clock.now(), line=line, reason="Asked", amount_pence=100
            )
        checkout.execute_refunds(clock.now())
        with count_queries() as queries:
            treasurer.get(f"/fund/payments/{payment.public_id}")
        sent.append(len(queries))

    assert sent[0] == sent[1] == sent[2]
