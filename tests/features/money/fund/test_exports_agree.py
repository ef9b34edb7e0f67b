"""Other programs read our files and reach our balances: Beancount, bean-query, hledger."""

import csv
import io
import random
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import beanquery
import openpyxl
import pytest
from beancount import loader

from booking.domain import ledger
from booking.domain.charging import FeePart
from booking.domain.ledger import EntryKind, Fund, accounts
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.money.fund import exports, queries, service
from booking.money.fund.exports import beancount
from booking.money.fund.service import HandEntry
from tests.builders import events, schools
from tests.builders.fund import make_fund, make_grant, make_payment, make_refund, post
from tests.conftest import required

PARTS = [
    FeePart("speaker", 341, Fund.EVENTS),
    FeePart("administration", 90, Fund.ADMIN),
    FeePart("CPD fund", 169, Fund.CPD),
]
#: Words that mean something in one of the three languages.
WORDS = (
    'Coach; "red" | #1',
    "=SUM(A1) \\ ^link",
    "(Hall), * ! ~",
    "Zoë’s café @ £5",
    "2027-01-01 x",
)
MOVES = 50


class Bookkeeper:
    """Fills a ledger through the services, at random."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.bursary = make_fund().name
        school = schools.make_school()
        self.events = [
            events.make_event(
                host=school, low_year=1, title=f"Day {n}", fee_pence=600, fee_parts=PARTS
            )
            for n in range(3)
        ]
        self.payments: list[object] = []
        self.made: list[object] = []
        self.forms = 0

    def day(self) -> date:
        return date(2025, 9, 1) + timedelta(days=self.dice.randrange(540))

    def pence(self, most: int = 90_000) -> int:
        return self.dice.randrange(1, most)

    def by_hand(self, kind: EntryKind, **facts: object) -> None:
        self.forms += 1
        facts = {"pence": self.pence(), "description": self.dice.choice(WORDS), **facts}
        hand = HandEntry(kind=kind, reference=f"{self.forms}", entered_on=self.day(), **facts)
        try:
            with transaction():
                self.made.append(service.enter(actor=COMMAND, now=clock.now(), entry=hand))
        except (service.NotEnoughMoney, ledger.EntryRefused):
            pass

    def pay(self) -> None:
        event = self.dice.choice(self.events)
        account = self.dice.choice([accounts.CARD_CLEARING, accounts.CASH, accounts.BANK])
        paid = make_payment(
            event=event,
            pence=self.pence(2_000),
            account=account,
            school="mill-lane",
            entered_on=self.day(),
        )
        self.payments.append(paid)
        if self.dice.random() < 0.3:
            whole = -sum(line.pence for line in paid.lines if line.pence < 0)
            make_refund(payment=paid, pence=self.dice.randrange(1, whole + 1))

    def invoice(self) -> None:
        key = f"invoice:{self.dice.random()}"
        owed = self.pence(9_000)
        post(ledger.school_invoice(key=key, amount_pence=owed, parts=PARTS, school="mill-lane"))
        due = queries.held_by_fund("assets:due-from-school:mill-lane")
        paid = self.dice.randrange(1, sum(due.values()) + 1)
        post(
            ledger.school_invoice_paid(
                key=f"{key}:paid", amount_pence=paid, due=due, school="mill-lane"
            )
        )

    def undo(self) -> None:
        if self.made:
            entry = self.made.pop(self.dice.randrange(len(self.made)))
            with transaction():
                service.reverse(
                    actor=COMMAND, now=clock.now(), entry=entry, reason=self.dice.choice(WORDS)
                )

    def seal(self) -> None:
        with transaction():
            service.seal(now=clock.now())

    def work(self) -> None:
        slug = self.events[0].slug
        moves: list[Callable[[], None]] = [
            self.pay,
            self.pay,
            self.invoice,
            self.undo,
            self.seal,
            lambda: self.by_hand(EntryKind.GRANT, fund=self.dice.choice([*Fund, self.bursary])),
            lambda: self.by_hand(EntryKind.EVENT_COST, event=slug),
            lambda: self.by_hand(EntryKind.SPEAKER, fund=Fund.CPD),
            lambda: self.by_hand(EntryKind.SUBSIDY, school="mill-lane", fund=Fund.CPD),
            lambda: self.by_hand(EntryKind.ADMIN_COST),
            lambda: self.by_hand(EntryKind.CASH_BANKED),
            lambda: self.by_hand(EntryKind.PAYOUT, reason="As the bank says"),
            lambda: self.by_hand(
                EntryKind.TRANSFER, fund=Fund.EVENTS, target=Fund.CPD, reason="Why"
            ),
        ]
        make_grant(fund=self.bursary)
        for _ in range(MOVES):
            self.dice.choice(moves)()


@pytest.fixture(params=[1, 2])
def books(request, app, db_session):
    """A random ledger, and the balances that every file must reach."""
    Bookkeeper(request.param).work()
    held = {key: pence for key, pence in queries.balances().items() if pence}
    assert len({fund for _, fund in held}) == 4
    return held


def whole(name):
    return b"".join(exports.BY_NAME[name].pieces(queries.mark()))


def by_fund(held):
    """Return what each fund is worth as other programs add it up, by the last word."""
    worth = defaultdict(int)
    for (account, fund), pence in held.items():
        if accounts.is_asset(account):
            worth[fund] += pence
    return {fund: pence for fund, pence in worth.items() if pence}


def pence(pounds):
    return int(Decimal(str(pounds)) * 100)


def test_bean_query_comes_to_the_same(books):
    entries, errors, options = loader.load_string(whole("beancount").decode())
    connection = beanquery.connect("beancount:", entries=entries, errors=errors, options=options)

    def ask(query):
        rows = connection.execute(query).fetchall()
        return {name: pence(number) for name, number in rows if number}

    assert errors == []
    assert ask("SELECT account, sum(number) GROUP BY account") == {
        beancount.account(name, fund): amount for (name, fund), amount in books.items()
    }
    funds = ask("SELECT leaf(account), sum(number) WHERE account ~ '^Assets:' GROUP BY 1")
    assert funds == {
        beancount.account("x", fund).rpartition(":")[2]: amount
        for fund, amount in by_fund(books).items()
    }


def test_bean_check_finds_nothing_wrong(books, tmp_path):
    path = tmp_path / "ledger.beancount"
    path.write_bytes(whole("beancount"))

    done = subprocess.run(
        [Path(sys.executable).parent / "bean-check", path],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.fixture
def hledger(tmp_path):
    """Provide a way to run hledger on the journal; if it is not installed, skip and say so."""
    program = shutil.which("hledger")
    if program is None:
        reason = "hledger is not installed (on Debian: apt-get install hledger)"
        pytest.fail(reason) if required("hledger") else pytest.skip(reason)
    path = tmp_path / "ledger.journal"

    def run(*arguments):
        path.write_bytes(whole("hledger"))
        done = subprocess.run(
            [program, "-f", path, *arguments],
            capture_output=True,
            text=True,
            check=False,
            env={"LANG": "C.UTF-8"},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_hledger_comes_to_the_same(books, hledger):
    rows = csv.reader(io.StringIO(hledger("bal", "--flat", "-N", "-O", "csv")))

    found = {name: pence(text.replace("£", "").replace(",", "")) for name, text in [*rows][1:]}

    assert found == {f"{name}:{fund.value}": amount for (name, fund), amount in books.items()}


def test_hledger_strictly_finds_nothing_wrong(books, hledger):
    assert hledger("check", "--strict") == ""


def test_a_spreadsheet_comes_to_the_same(books):
    found = defaultdict(int)
    for row in csv.DictReader(io.StringIO(whole("csv").decode("utf-8-sig"))):
        found[row["Account"], Fund(row["Fund"])] += pence(row["Pounds"])

    assert {key: amount for key, amount in found.items() if amount} == books


def test_a_workbook_comes_to_the_same_on_both_sheets(books):
    balances, lines = openpyxl.load_workbook(io.BytesIO(whole("xlsx")), read_only=True).worksheets
    head, *rows = lines.iter_rows(values_only=True)
    account, fund, pounds = (head.index(name) for name in ("Account", "Fund", "Pounds"))

    found = defaultdict(int)
    for row in rows:
        found[row[account], Fund(row[fund])] += round(row[pounds] * 100)
    assert {key: amount for key, amount in found.items() if amount} == books

    head, *rows = balances.iter_rows(values_only=True)
    totals = {row[0]: round(row[-1] * 100) for row in rows}
    expected = defaultdict(int)
    for (name, _), amount in books.items():
        expected[name] += amount
    assert {name: amount for name, amount in totals.items() if amount} == {
        name: amount for name, amount in expected.items() if amount
    }
