"""Entries by their titles: the same words on pages, on paper and in files, and no slug or key."""

import csv
import io
from datetime import timedelta

import openpyxl
import pypdf
import pytest

from booking.domain.ledger import accounts
from booking.foundation import clock
from booking.money.fund import queries
from tests.builders import events, schools
from tests.builders.fund import make_grant, make_payment
from tests.page import soup, table_rows, words

TITLE = "Contribution, Fossil hunt, Tindlebrook Primary School"
ACCOUNT = "account=income:contributions"


@pytest.fixture
def contribution(treasurer):
    school = schools.make_school(name="Tindlebrook Primary School", slug="tindlebrook")
    host = schools.make_school()
    event = events.make_event(host=host, title="Fossil hunt", fee_pence=900)
    return make_payment(event=event, school=school.slug)


def test_page_of_entries_says_what_happened(treasurer, contribution):
    [row] = table_rows(treasurer.get("/fund/entries"), "Ledger entries, newest first")

    assert row[0] == TITLE


def test_page_of_an_entry_keeps_slugs_and_keys_in_a_disclosure(treasurer, contribution):
    page = soup(treasurer.get(f"/fund/entries/{contribution.key}"))
    terms = next(part for part in page.select("details") if contribution.key in words(part))

    assert words(page.h1) == TITLE
    assert "tindlebrook" in words(terms)
    terms.extract()
    assert contribution.key not in words(page.main)
    assert "tindlebrook" not in words(page.main)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_whole_ledger_as_a_table_says_the_same(treasurer, contribution, ending):
    sent = treasurer.get(f"/fund/export.{ending}").data
    if ending == "csv":
        rows = list(csv.reader(io.StringIO(sent.decode("utf-8-sig"))))
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(sent))["Lines 1"]
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]

    assert {row[3] for row in rows[1:]} == {TITLE}
    assert {row[5] for row in rows[1:]} == {"Tindlebrook Primary School"}


def test_statement_of_an_account_says_the_same_on_the_page_and_on_paper(treasurer, contribution):
    page = treasurer.get(f"/fund/statements/account?{ACCOUNT}")
    paper = treasurer.get(f"/fund/statements/account.pdf?{ACCOUNT}").data
    table = treasurer.get(f"/fund/statements/account.csv?{ACCOUNT}").text

    printed = " ".join(
        " ".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(paper)).pages).split()
    )
    assert TITLE in words(soup(page).main)
    assert TITLE in printed
    assert TITLE in table


def test_what_moved_since_a_moment_lists_the_newest_and_adds_up_all(app, db_session):
    before = clock.now() - timedelta(minutes=1)
    grants = [make_grant(pence=pence) for pence in (100, 200, 300)]

    listed, pence = queries.moved_since(accounts.BANK, before, limit=2)

    assert listed == [(grants[2], 300), (grants[1], 200)]
    assert pence == 600
    assert queries.moved_since(accounts.BANK, clock.now(), limit=2) == ([], 0)
