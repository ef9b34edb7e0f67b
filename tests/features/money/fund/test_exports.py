"""The ledger as a file agrees to the penny with what other programs make of it."""

import csv
import io
import json
import re
from collections import defaultdict
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from beancount import loader
from beancount.core import data

from booking.domain import ledger
from booking.domain.charging import FeePart
from booking.domain.ledger import Fund
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.money.fund import exports, queries, service
from booking.money.fund.exports import beancount, hledger, workbook
from tests.builders import events, schools
from tests.builders.fund import make_cost, make_grant, make_payment, make_refund, post

PARTS = [
    FeePart("speaker", 340, Fund.EVENTS),
    FeePart("administration", 90, Fund.ADMIN),
    FeePart("CPD fund", 170, Fund.CPD),
]


@pytest.fixture
def history(app, db_session):
    """A little of everything, with words that could confuse another program's parser."""
    event = events.make_event(
        host=schools.make_school(), title="=Puzzle; “day” | one", fee_pence=600, fee_parts=PARTS
    )
    payment = make_payment(event=event, pence=601, school="mill-lane")
    make_refund(payment=payment, pence=100)
    make_cost(event=event, pence=250, description='Say "boxes" \\ ; (two), | #tag ^link')
    make_cost(event=event, pence=1, description="=HYPERLINK(1)")
    grant = make_grant(pence=123_456, entered_on=date(2026, 9, 1))
    post(
        ledger.school_invoice(
            key="invoice:1", amount_pence=1_200, parts=PARTS, school="mill-lane", event=event.slug
        )
    )
    with transaction():
        service.reverse(actor=COMMAND, now=clock.now(), entry=grant, reason='Typed "twice"; sorry')
    make_grant(pence=99)
    return event


def whole(name):
    return b"".join(exports.BY_NAME[name].pieces(queries.mark())).decode()


TEXTS = [each for each in exports.FORMATS if each.name != "xlsx"]


def expected(account):
    return {
        account(name, fund): Decimal(pence) / 100
        for (name, fund), pence in queries.balances().items()
        if pence
    }


def test_beancount_loads_the_file_and_agrees_to_the_penny(history):
    entries, errors, options = loader.load_string(whole("beancount"))

    found = defaultdict(Decimal)
    for each in entries:
        if isinstance(each, data.Transaction):
            for posting in each.postings:
                found[posting.account] += posting.units.number
    assert errors == []
    assert options["operating_currency"] == ["GBP"]
    assert {name: sum_ for name, sum_ in found.items() if sum_} == expected(beancount.account)


def test_beancount_keeps_words_keys_and_reasons(history):
    entries, _, _ = loader.load_string(whole("beancount"))

    transactions = [each for each in entries if isinstance(each, data.Transaction)]
    by_key = {each.meta["key"]: each for each in transactions}
    cost, undone = by_key["event_cost:1"], by_key["reversal:grant:1"]
    assert cost.narration == 'Say "boxes" \\ ; (two), | #tag ^link'
    assert (cost.tags, cost.links) == ({"event-cost"}, {history.slug})
    assert (undone.meta["reason"], undone.meta["reverses"]) == ('Typed "twice"; sorry', "grant:1")
    memos = {posting.meta.get("memo") for posting in by_key["payment:1"].postings}
    assert memos == {None, "speaker", "administration", "CPD fund"}


def test_hledger_journal_is_well_formed_and_agrees_to_the_penny(history):
    found, declared = defaultdict(Decimal), set()
    head = re.compile(r"\d{4}-\d\d-\d\d \* \([^()]+\) [^;|]*")
    posting = re.compile(r"    ([a-z0-9:-]+)  +£(-?\d+\.\d\d)(  ; memo: [^;,|]+)?")
    tag = re.compile(r"    ; (kind|event|school|reason|reverses): [^;,|]+")
    for block in whole("hledger").split("\n\n"):
        first, *rest = block.strip().splitlines()
        if first.startswith("account "):
            declared |= {line.split()[1] for line in (first, *rest)}
        if not first[0].isdigit():
            continue
        assert head.fullmatch(first), first
        sums = [match for line in rest if (match := posting.fullmatch(line))]
        assert len(sums) + sum(bool(tag.fullmatch(line)) for line in rest) == len(rest), rest
        assert sum(Decimal(match[2]) for match in sums) == 0
        for match in sums:
            found[match[1]] += Decimal(match[2])

    assert {name: sum_ for name, sum_ in found.items() if sum_} == expected(
        lambda name, fund: f"{name}:{fund.value}"
    )
    assert set(found) <= declared


def test_every_account_has_a_type_in_hledger():
    assert {name.split(":")[0] for name in ledger.accounts.NAMES} == set(hledger.TYPES)


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(history):
    text = whole("csv")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))

    found = defaultdict(Decimal)
    for row in rows:
        found[row["Account"], row["Fund"]] += Decimal(row["Pounds"])
    assert text.startswith("\ufeff")
    assert {key: sum_ for key, sum_ in found.items() if sum_} == expected(
        lambda name, fund: (name, fund.value)
    )
    written = {row["Description"] for row in rows} | {row["Event"] for row in rows}
    assert {"'=HYPERLINK(1), =Puzzle; “day” | one", "'=Puzzle; “day” | one"} <= written


@pytest.mark.parametrize("name", exports.BY_NAME)
def test_empty_ledger_is_an_empty_file_of_its_kind(app, db_session, name):
    assert [*exports.BY_NAME[name].pieces(queries.mark())]
    if name == "beancount":
        assert loader.load_string(whole(name))[1] == []


class TestDownloads:
    """The files of the fund's page."""

    @pytest.fixture
    def auditor(self, client, db_session):
        schools.make_network(schools=1, terms=False)
        schools.sign_in(client, "auditor@fairplace.example")
        return client

    @pytest.mark.parametrize("each", TEXTS, ids=lambda each: each.name)
    def test_file_is_sent_and_named(self, auditor, each):
        make_grant()

        sent = auditor.get(f"/fund/export.{each.ending}")

        assert sent.text == whole(each.name)
        assert f"fairplace-ledger.{each.ending}" in sent.headers["Content-Disposition"]

    def test_workbook_is_sent_and_opens(self, auditor):
        make_grant(description="=1+1")

        sent = auditor.get("/fund/export.xlsx")

        book = openpyxl.load_workbook(io.BytesIO(sent.data))
        assert book.sheetnames == ["Balances", "Lines 1"]
        row = [cell.value for cell in book["Lines 1"][2]]
        assert row[3] == "'=1+1"
        assert row[1].date() == clock.today()

    def test_long_ledger_goes_on_on_another_sheet(self, auditor, monkeypatch):
        monkeypatch.setattr(workbook, "ROWS_MAX", 3)
        for _ in range(2):
            make_grant()

        book = openpyxl.load_workbook(io.BytesIO(auditor.get("/fund/export.xlsx").data))

        assert book.sheetnames == ["Balances", "Lines 1", "Lines 2"]
        assert [sheet.max_row for sheet in book.worksheets[1:]] == [4, 2]

    def test_unchanged_ledger_is_not_sent_again(self, auditor):
        make_grant()
        tag = {"If-None-Match": auditor.get("/fund/export.csv").headers["ETag"]}

        assert auditor.get("/fund/export.csv", headers=tag).status_code == 304
        assert auditor.get("/fund/export.journal", headers=tag).status_code == 200
        make_grant()
        assert auditor.get("/fund/export.csv", headers=tag).status_code == 200

    def test_other_kind_of_file_is_not_found(self, auditor):
        assert auditor.get("/fund/export.xml").status_code == 404


class TestCommands:
    """`flask fund export` and `flask fund verify`."""

    @pytest.mark.parametrize("name", [each.name for each in TEXTS])
    def test_export_writes_the_file(self, history, app, tmp_path, name):
        path = tmp_path / "ledger"

        done = app.test_cli_runner().invoke(
            args=["fund", "export", "--format", name, "--output", str(path)]
        )

        assert (done.exit_code, "Wrote 8 entries" in done.output) == (0, True)
        with path.open(encoding="utf-8", newline="") as file:
            assert file.read() == whole(name)
        assert [each.name for each in tmp_path.iterdir()] == ["ledger"]

    def test_export_into_a_folder_that_is_not_there_says_so(self, app, tmp_path):
        path = tmp_path / "nowhere" / "ledger.csv"

        done = app.test_cli_runner().invoke(
            args=["fund", "export", "--format", "csv", "--output", str(path)]
        )

        assert done.exit_code == 1
        assert "Cannot write to" in done.output

    def test_verify_says_that_the_ledger_is_sound(self, history, app):
        with transaction():
            service.seal(now=clock.now())
        make_grant()

        done = app.test_cli_runner().invoke(args=["fund", "verify"])

        assert done.exit_code == 0
        assert "9 entries balance in every fund; 8 are sealed, 1 waiting" in done.output
        told = app.test_cli_runner().invoke(args=["fund", "verify", "--json"])
        assert json.loads(told.stdout) == {
            "sound": True,
            "problem": "",
            "entries": 9,
            "sealed": 8,
            "waiting": 1,
        }
