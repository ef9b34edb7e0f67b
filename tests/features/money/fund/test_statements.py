"""Statements: income and expenditure beside last year, every line of an account, and as files."""

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pypdf
import pytest
from bs4 import BeautifulSoup

from booking.domain import ledger
from booking.domain.charging import FeePart
from booking.domain.ledger import Fund, periods
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.foundation.web.paging import PAGE_SIZE
from booking.money.fund import queries, service, statements
from booking.money.fund.queries import LinesOf
from booking.money.fund.queries import statements as fund_statements
from tests.builders import bids, events
from tests.builders.fund import make_cost, make_fund, make_grant, make_payment, make_speaker, post
from tests.page import table_rows, words

PARTS = [FeePart("materials", 400, Fund.EVENTS), FeePart("CPD fund", 200, Fund.CPD)]
INCOME = "/fund/statements/"


@pytest.fixture
def two_years(network):
    """Last year a grant and a speaker; this year fees, a cost and another speaker."""
    event = events.make_event(
        host=next(iter(network.values())), low_year=1, fee_pence=600, fee_parts=PARTS
    )
    post(
        ledger.opening_balance(key="opening", amounts={Fund.CPD: 10_000, Fund.EVENTS: 500}),
        entered_on=date(2025, 9, 1),
    )
    make_grant(pence=50_000, entered_on=date(2026, 3, 1))
    make_speaker(pence=20_000, entered_on=date(2026, 8, 31))
    make_payment(event=event, entered_on=date(2026, 9, 1))
    make_payment(event=event, pence=300, entered_on=date(2027, 2, 1))
    make_cost(event=event, pence=450, entered_on=date(2027, 2, 2))
    make_speaker(pence=15_000, entered_on=date(2027, 2, 3))
    return event


def page_of(response):
    """Return the main part of a page."""
    return BeautifulSoup(response.text, "html.parser").main


EXPECTED = [
    ["Income"],
    ["Voluntary contributions", "£6.00", "–", "£3.00", "£9.00", "–"],
    ["Grants", "–", "–", "–", "–", "£500.00"],
    ["Total income", "£6.00", "–", "£3.00", "£9.00", "£500.00"],
    ["Expenditure"],
    ["Costs of events", "£4.50", "–", "–", "£4.50", "–"],
    ["Speakers", "–", "–", "£150.00", "£150.00", "£200.00"],
    ["Total expenditure", "£4.50", "–", "£150.00", "£154.50", "£200.00"],
    ["Net income", "£1.50", "–", "-£147.00", "-£145.50", "£300.00"],
    ["Opening balances", "–", "–", "–", "–", "£105.00"],
    ["Funds brought forward", "£5.00", "–", "£400.00", "£405.00", "–"],
    ["Funds carried forward", "£6.50", "–", "£253.00", "£259.50", "£405.00"],
]


def test_income_and_expenditure_stand_beside_last_year(treasurer, two_years):
    page = treasurer.get(INCOME + "?year=2026/27")

    assert table_rows(page, "Income and expenditure") == EXPECTED
    assert table_rows(page, "Where the money is on 1 March 2027") == [
        ["Bank", "£0.50", "–", "£250.00", "£250.50", "£405.00"],
        ["Card payments not yet paid out", "£6.00", "–", "£3.00", "£9.00", "–"],
        ["Total held", "£6.50", "–", "£253.00", "£259.50", "£405.00"],
    ]


def test_one_fund_alone_has_its_own_statement(treasurer, two_years):
    rows = table_rows(treasurer.get(INCOME + "?fund=cpd"), "Income and expenditure")

    assert rows[1] == ["Voluntary contributions", "£3.00", "–"]
    assert rows[-1] == ["Funds carried forward", "£253.00", "£400.00"]


def test_chosen_days_are_compared_with_the_same_days_a_year_before(treasurer, two_years):
    page = treasurer.get(INCOME + "?from=2027-02-01&to=2027-02-28")

    rows = table_rows(page, "Income and expenditure")
    assert rows[1] == ["Voluntary contributions", "£2.00", "–", "£1.00", "£3.00", "–"]
    assert "1 February 2027 to 28 February 2027" in page.text


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("from=2027-02-28&to=2027-02-01", "The last day comes before the first."),
        ("from=2027-02-28", "Enter both days, the first and the last."),
        ("from=yesterday&to=2027-02-01", "One of the two days is not a date."),
        ("year=2026", "is not a school year"),
        ("from=0001-01-01&to=0001-01-02", "Choose days of this century."),
    ],
)
def test_a_period_that_makes_no_sense_is_told(treasurer, two_years, query, told):
    page = treasurer.get(f"{INCOME}?{query}")

    assert page.status_code == 200
    assert told in page.text
    assert table_rows(page, "Income and expenditure") == EXPECTED


def test_each_row_leads_to_its_lines_and_these_to_the_entries(treasurer, two_years):
    page = BeautifulSoup(treasurer.get(INCOME).text, "html.parser")

    lines = treasurer.get(page.find("a", string="Speakers")["href"])

    assert table_rows(lines, "Speakers") == [
        ["Speaker on oracy", "3 Feb 2027", "Speaker", "CPD fund", "", "£150.00", "", "£150.00"],
        ["Total", "", "", "", "", "£150.00", "–", "£150.00"],
    ]
    entry = BeautifulSoup(lines.text, "html.parser").find("a", string="Speaker on oracy")["href"]
    assert treasurer.get(entry).status_code == 200


def test_income_grows_by_credits(treasurer, two_years):
    rows = table_rows(
        treasurer.get("/fund/statements/account?account=income:contributions&fund=events"),
        "Voluntary contributions, Events",
    )

    assert [row[5:] for row in rows] == [
        ["£4.00", "", "£4.00"],
        ["£2.00", "", "£6.00"],
        ["£6.00", "–", "£6.00"],
    ]


def test_a_fund_alone_shows_where_its_money_came_from_and_went(treasurer, two_years):
    rows = table_rows(treasurer.get("/fund/statements/account?fund=cpd"), "CPD fund")

    assert [row[-1] for row in rows] == ["£400.00", "£402.00", "£403.00", "£253.00", "£253.00"]


def test_the_balance_goes_on_from_page_to_page(treasurer, network):
    with transaction():
        for number in range(PAGE_SIZE + 2):
            make_grant(pence=100 + number)
    url = "/fund/statements/account?account=assets:bank"

    first = table_rows(treasurer.get(url), "Bank")
    second = table_rows(treasurer.get(url + "&page=2"), "Bank")

    whole = sum(100 + number for number in range(PAGE_SIZE + 2))
    assert (len(first), len(second)) == (PAGE_SIZE + 2, 4)
    assert second[0] == ["From the previous page", *[""] * 6, first[-1][-1]]
    assert [rows[-1][0] for rows in (first, second)] == ["On this page"] * 2
    assert second[-1][-1] == statements.cell_text(whole)


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize(
    "subject", [LinesOf("assets:bank"), LinesOf("", Fund.CPD), LinesOf("assets:bank", Fund.ADMIN)]
)
def test_every_page_goes_on_where_the_one_before_ended(network, monkeypatch, sealed, subject):
    monkeypatch.setattr(fund_statements, "PAGE_SIZE", 4)
    with transaction():
        for number in range(23):
            fund = Fund.CPD if number % 3 else Fund.ADMIN
            make_grant(pence=1 + number, fund=fund, entered_on=date(2026, 9, 1 + number // 6))
    if sealed:
        with transaction():
            service.seal(now=clock.now())
        make_grant(pence=7, entered_on=date(2026, 9, 2))
    period = periods.of_year("2026/27")
    whole = queries.all_lines(subject, period)

    seen, held = [], queries.opening(subject, period)
    for number in range(1, 9):
        page, before = queries.page_of_lines(subject, period, number=number)
        assert (before, page.total) == (held, len(whole))
        seen += [line.id for line in page.items]
        held += sum(line.pence for line in page.items)

    assert seen == [line.id for line in whole]


def test_a_period_without_lines_says_so(treasurer, two_years):
    page = treasurer.get("/fund/statements/account?account=assets:cash")

    assert "Nothing moved in this period" in page.text


def test_an_account_that_there_is_not_is_not_found(treasurer):
    assert treasurer.get("/fund/statements/account?account=assets:sofa").status_code == 404


def test_queries_do_not_grow_with_the_ledger(treasurer, two_years, count_queries):
    counts = []
    treasurer.get(INCOME)
    for _ in range(2):
        for url in (INCOME, "/fund/statements/account?account=assets:bank"):
            with count_queries() as queries_made:
                treasurer.get(url)
            counts.append(len(queries_made))
        with transaction():
            for _ in range(10):
                make_grant(pence=5)

    assert counts[:2] == counts[2:]


def text_of(paper):
    pages = pypdf.PdfReader(io.BytesIO(paper)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


class TestFiles:
    """The same statement on paper and in a spreadsheet."""

    def test_csv_has_the_same_figures(self, treasurer, two_years):
        sent = treasurer.get("/fund/statements/income-and-expenditure.csv?year=2026/27")

        rows = list(csv.reader(io.StringIO(sent.text.removeprefix("\ufeff"))))
        assert rows[0] == ["Income and expenditure", "School year 2026/27"]
        assert ["Net income", "1.50", "0.00", "-147.00", "-145.50", "300.00"] in rows
        assert 'filename="income-and-expenditure-school-year-2026-27.csv"' in str(sent.headers)

    def test_workbook_holds_numbers_and_days(self, treasurer, two_years):
        sent = treasurer.get("/fund/statements/account.xlsx?account=assets:bank&year=2026/27")

        sheet = openpyxl.load_workbook(io.BytesIO(sent.data)).worksheets[0]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
        assert rows[1][1].date() == date(2027, 2, 2)
        assert [Decimal(str(row[7])) for row in rows[:3]] == [
            Decimal("405"),
            Decimal("400.5"),
            Decimal("250.5"),
        ]

    def test_paper_has_every_row_and_the_seal(self, treasurer, two_years):
        with transaction():
            service.seal(now=clock.now())

        sent = treasurer.get("/fund/statements/income-and-expenditure.pdf?year=2026/27")

        pages = pypdf.PdfReader(io.BytesIO(sent.data)).pages
        text = " ".join(page.extract_text() for page in pages)
        for row in EXPECTED:
            for cell in row:
                assert cell in " ".join(text.split()), cell
        assert queries.latest_seal().hash in text.replace("\n", "")
        assert "Treasurer" in text
        assert "Examined by" in text

    def test_restricted_funds_and_promised_money_are_noted(self, treasurer, two_years, network):
        make_fund(title="Hardship", purpose="Meals for families.", restricted=True)
        lead, _ = bids.make_deciders()
        bids.approve(bids.make_bid(school=next(iter(network.values()))), lead)
        address = "/fund/statements/income-and-expenditure.csv?year="

        now, before = (treasurer.get(address + year).text for year in ("2026/27", "2025/26"))

        bound = "Hardship, restricted: Meals for families."
        promised = (
            "CPD fund: £60.00 had been promised to approved bids but not yet paid on 1 March 2027"
        )
        assert (bound in now, promised in now) == (True, True)
        assert (bound in before, "promised" in before) == (True, False)
        assert promised in words(page_of(treasurer.get(INCOME)))
        assert "promised" not in treasurer.get(address + "2026/27&fund=events").text

    def test_words_that_mean_something_to_other_programs_stay_words(self, treasurer, network):
        make_grant(description="=1+1 #let x = 2 $y$ @z *b*", pence=5)

        table = treasurer.get("/fund/statements/account.csv?account=assets:bank").text
        paper = treasurer.get("/fund/statements/account.pdf?account=assets:bank").data

        assert "'=1+1 #let x = 2 $y$ @z *b*" in table
        text = pypdf.PdfReader(io.BytesIO(paper)).pages[0].extract_text()
        assert "#let x = 2 $y$ @z *b*" in " ".join(text.split())

    def test_paper_of_many_lines_comes_in_parts_that_go_on_from_one_another(
        self, treasurer, network, monkeypatch
    ):
        monkeypatch.setattr(queries, "PAPER_LINES_MAX", 2)
        with transaction():
            for pence in (5, 7, 11):
                make_grant(pence=pence)
        url = "/fund/statements/account.pdf?account=assets:bank"

        first, second = (text_of(treasurer.get(f"{url}&part={part}").data) for part in (1, 2))

        assert text_of(treasurer.get(url).data) == first
        assert first.count("Grant of the Rotary Club") == 2
        assert second.count("Grant of the Rotary Club") == 1
        assert "part 1 of 2" in first
        assert "3 lines in total; a PDF holds 2 of them." in first
        assert "On this part £0.12 – £0.12" in first
        assert "From the previous part £0.12" in second
        assert "On this part £0.11 – £0.23" in second
        assert treasurer.get(f"{url}&part=3", check=False).status_code == 404
        page = treasurer.get("/fund/statements/account?account=assets:bank").text
        assert "3 lines are too many for one PDF" in page
        assert "PDF, part 2 of 2" in page

    def test_paper_of_few_lines_is_whole(self, treasurer, network):
        make_grant(pence=5)

        paper = text_of(treasurer.get("/fund/statements/account.pdf?account=assets:bank").data)

        assert "Total £0.05 – £0.05" in paper
        assert "part" not in paper
        assert "part 1" not in treasurer.get("/fund/statements/account?account=assets:bank").text

    def test_a_file_of_too_many_lines_says_where_it_ends(self, treasurer, network, monkeypatch):
        monkeypatch.setattr(queries, "FILE_LINES_MAX", 2)
        with transaction():
            for _ in range(3):
                make_grant(pence=5)

        sent = treasurer.get("/fund/statements/account.csv?account=assets:bank").text

        assert sent.count("Grant of the Rotary Club") == 2
        assert "Only the first 2 lines. Choose fewer days for the rest." in sent


@pytest.mark.parametrize(
    ("first_on", "listed"),
    [
        (None, ["2026/27"]),
        (date(2026, 9, 1), ["2026/27"]),
        (date(2025, 8, 31), ["2026/27", "2025/26", "2024/25"]),
    ],
)
def test_school_years_are_offered_back_to_the_first_entry(first_on, listed):
    assert periods.years_between(first_on, date(2027, 3, 1)) == listed


def test_the_leap_day_is_compared_with_the_day_before_it():
    assert periods.of_dates(date(2028, 2, 29), date(2028, 2, 29)).last_year.first_on == date(
        2027, 2, 28
    )


class TestEvents:
    """The statement of one event on paper."""

    def test_it_says_what_came_where_it_went_and_what_is_over(self, treasurer, two_years):
        sent = treasurer.get("/fund/events/puzzle-day-2027/statement.csv").text

        rows = [*csv.reader(io.StringIO(sent.removeprefix("\ufeff")))]
        assert ["Asked for per pupil", "Voluntary contribution, £6.00"] in rows
        assert ["Kept", "£9.00"] in rows
        assert ["materials", "Events", "6.00"] in rows
        assert ["Events", "6.00", "4.50", "1.50"] in rows
        assert ["CPD fund", "3.00", "0.00", "3.00"] in rows
        assert ["Total", "9.00", "4.50", "4.50"] in rows
        assert ["Surplus in the events’ own fund", "1.50"] in rows
        assert ["Puzzle boxes, Puzzle day", "2027-02-02", "Cost of an event", "4.50"] in rows

    def test_paper_has_the_same_and_names_no_family(self, treasurer, two_years):
        sent = treasurer.get("/fund/events/puzzle-day-2027/statement.pdf")

        text = pypdf.PdfReader(io.BytesIO(sent.data)).pages[0].extract_text()
        assert "Statement of Puzzle day" in text
        assert "Payment" not in text
        assert "Contribution," not in text

    def test_an_event_that_is_not_there_is_not_found(self, treasurer):
        assert treasurer.get("/fund/events/none/statement.pdf").status_code == 404


class TestSpending:
    """What was spent by purpose, drawn and as a table."""

    def test_it_stands_beside_last_year_with_the_largest_first(self, treasurer, two_years):
        rows = table_rows(treasurer.get(INCOME + "?year=2026/27"), "Spending by purpose")

        assert rows == [
            ["Speakers", "£150.00", "£200.00"],
            ["Costs of events", "£4.50", "£0.00"],
        ]

    def test_it_is_of_one_fund_when_one_is_asked_for(self, treasurer, two_years):
        rows = table_rows(treasurer.get(INCOME + "?fund=cpd"), "Spending by purpose")

        assert rows == [["Speakers", "£150.00", "£200.00"]]

    @pytest.mark.parametrize("query", ["", "?narrow=1", "?fund=events", "?year=2025/26"])
    def test_it_is_drawn_without_script(self, treasurer, two_years, query):
        picture = treasurer.get(f"/fund/spending.svg{query}")

        assert picture.mimetype == "image/svg+xml"
        assert b"<script" not in picture.data
        assert b">2025/26<" in picture.data

    def test_nothing_spent_is_drawn_as_well(self, treasurer):
        assert b"Nothing to show yet" in treasurer.get("/fund/spending.svg").data
