"""The fund's search: by reference, amount, name, day and month; plain rows that lead on."""

from datetime import date

import pytest
from sqlalchemy import select

from booking.domain import ledger
from booking.domain.ledger import Fund
from booking.foundation.db import db
from booking.money.fund.models import Entry, EntrySize
from booking.money.payments.models import Method
from tests.builders import checkout as families
from tests.builders import invoices
from tests.builders.bank import make_statement
from tests.builders.fund import make_cost, make_grant, post
from tests.features.money.tracing.conftest import CANARY
from tests.page import soup, table_rows, text, words

ROWS = "What was found, newest first"
TITLE = "Contribution, Fossil hunt, Tindlebrook Primary School"


def find(client, looked_for, **more):
    return client.get("/fund/find", query_string={"q": looked_for, **more})


def rows(page):
    return [tuple(row) for row in table_rows(page, ROWS)]


def named(page):
    """Return the words and addresses of what has the name or reference."""
    found = soup(page).main.select("h2 + ul li")
    return [(words(item), item.a["href"] if item.a else "") for item in found]


def test_receipts_reference_leads_to_the_payment(treasurer, bench):
    payment = families.pay(bench.family(), 600)

    page = find(treasurer, f"Reference {payment.public_id}")

    [(what, url)] = named(page)
    assert what.startswith("Card payment; Fossil hunt, Tindlebrook Primary School , £6.00")
    assert url == f"/fund/payments/{payment.public_id}"
    assert CANARY not in page.text


def test_amount_finds_entries_of_that_size_and_bank_lines(treasurer, bench):
    families.pay(bench.family(), 600)
    make_cost(event=bench.event, pence=600)
    make_cost(event=bench.event, pence=340)
    make_statement((date(2026, 9, 3), "CARD PAYMENT SCREWFIX", -600))

    for asked in ("6", "£6.00", "6,00"):
        found = rows(find(treasurer, asked))
        assert sorted(row[0] for row in found) == [
            "CARD PAYMENT SCREWFIX",
            TITLE,
            "Puzzle boxes, Fossil hunt",
        ]
    assert [row[0] for row in rows(find(treasurer, "3.40"))] == ["Puzzle boxes, Fossil hunt"]


def test_amount_of_a_payment_for_two_places_finds_it_as_one(treasurer, bench):
    post(ledger.opening_balance(key="opening", amounts={Fund.CPD: 500, Fund.EVENTS: 700}))

    found = rows(find(treasurer, "12.00"))

    assert [row[0] for row in found] == ["Opening balance"]


@pytest.mark.parametrize("name", ["fossil", "Fossil hunt", "TINDLEBROOK", "brook primary"])
def test_name_of_an_event_or_a_school_finds_its_money(treasurer, bench, name):
    payment = families.pay(bench.family(), 600)
    make_grant()

    page = find(treasurer, name)

    assert [row[0] for row in rows(page) if "fee" not in row[0]] == [TITLE]
    first = soup(page).find("table").find("a", string=TITLE)
    assert first["href"] == f"/fund/payments/{payment.public_id}"
    assert len(named(page)) == 1


def test_wildcards_are_letters_like_any_other(treasurer, bench):
    families.pay(bench.family(), 600)

    assert "Nothing found" in text(find(treasurer, "%ss_"))


def test_day_and_month_find_what_moved_then(treasurer, bench):
    make_grant(entered_on=date(2026, 10, 5), description="Rotary")
    make_grant(entered_on=date(2026, 10, 31), description="Lions")
    make_grant(entered_on=date(2026, 11, 1), description="Guild")
    make_statement((date(2026, 10, 6), "BGC", 12))

    assert [row[0] for row in rows(find(treasurer, "5 October 2026"))] == ["Rotary"]
    assert [row[0] for row in rows(find(treasurer, "October 2026"))] == ["Lions", "BGC", "Rotary"]


def test_invoice_slip_and_payout_are_found_by_their_numbers(treasurer, bench):
    [invoice] = invoices.raise_for(invoices.make_event({bench.school: 2}, title="Billed day"))
    slip = bench.take_to_bank([bench.by_hand(Method.CASH)], "SLIP-77")
    families.pay(bench.family(9), 600)
    payout_id = bench.pay_out()
    number = f"{invoice.school_year}-{invoice.nth:04d}"

    assert [url for _, url in named(find(treasurer, number))] == [f"/invoices/{invoice.public_id}"]
    assert [url for _, url in named(find(treasurer, "SLIP-77"))] == [
        f"/fund/slips/{slip.public_id}"
    ]
    assert [url for _, url in named(find(treasurer, payout_id))] == [f"/fund/payouts/{payout_id}"]


def test_nothing_found_says_what_can_be_looked_for(treasurer, bench):
    page = text(find(treasurer, "zebra crossing"))

    assert "Nothing found for “zebra crossing”" in page
    assert "an amount such as £9.00 or 3,50" in page
    assert "You can look for" in text(find(treasurer, ""))


def test_every_page_of_the_fund_has_the_search(treasurer):
    for address in ("/fund/", "/fund/entries", "/fund/bank/", "/fund/payouts", "/fund/find"):
        form = soup(treasurer.get(address)).find("form", {"action": "/fund/find"})
        assert form.find("input", {"name": "q"}), address


def test_what_is_found_is_paged(treasurer, bench):
    for _ in range(51):
        make_grant(pence=4_200)

    first, second = find(treasurer, "42"), find(treasurer, "42", page=2)

    assert (len(rows(first)), len(rows(second))) == (50, 1)
    assert "51 movements of money" in text(first)


@pytest.mark.parametrize("asked", ["6.00", "Fossil", "Tindlebrook", "{today:%B %Y}", "{key}"])
def test_search_takes_as_many_queries_for_many_as_for_one(treasurer, bench, count_queries, asked):
    payment = families.pay(bench.family(), 600)
    asked = asked.format(today=payment.paid_at, key=payment.public_id)
    with count_queries() as one:
        find(treasurer, asked)
    for number in (2, 3, 4):
        families.pay(bench.family(number), 600)

    with count_queries() as many:
        find(treasurer, asked)

    assert len(one) == len(many)


def test_size_of_an_entry_is_kept_with_it(treasurer, bench):
    families.pay(bench.family(), 600)
    post(ledger.transfer(key="t", pence=50, source=Fund.ADMIN, target=Fund.CPD, reason="Lent"))
    pairs = db.session.execute(select(Entry, EntrySize.pence).join(EntrySize)).all()

    assert len(pairs) == len(db.session.scalars(select(Entry)).all()) == 3
    for entry, pence in pairs:
        lines = [ledger.DraftLine(line.account, line.fund, line.pence) for line in entry.lines]
        assert pence == ledger.amount(lines), entry.key
