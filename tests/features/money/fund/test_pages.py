"""The fund's pages for the treasurer, the lead and the auditor."""

from datetime import date
from xml.etree import ElementTree

import pytest

from booking.domain.charging import FeePart
from booking.domain.ledger import Fund
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.foundation.web.paging import PAGE_SIZE
from booking.money.fund import charts, queries, service
from tests.builders import events, schools
from tests.builders.fund import make_cost, make_grant, make_payment, make_refund, make_speaker
from tests.page import table_rows

PAGES = ["/fund/", "/fund/entries", "/fund/events", "/fund/cpd.svg", "/fund/events.svg"]
PARTS = [FeePart("materials", 500, Fund.EVENTS), FeePart("CPD fund", 100, Fund.CPD)]


@pytest.fixture
def puzzle_day(network):
    host = next(iter(network.values()))
    return events.make_event(host=host, low_year=1, fee_pence=600, fee_parts=PARTS)


def test_empty_ledger_says_where_to_begin(treasurer):
    page = treasurer.get("/fund/").text

    assert "Enter the opening balances" in page
    assert "/fund/entries/new/opening-balance" in page


def test_balances_are_shown_by_account_and_fund(treasurer, puzzle_day):
    make_payment(event=puzzle_day)
    make_grant(pence=50_000)
    make_cost(event=puzzle_day, pence=250)

    page = treasurer.get("/fund/")

    assert table_rows(page, "Where the money is, by fund") == [
        ["Bank", "-£2.50", "–", "£500.00", "£497.50"],
        ["Card payments not yet paid out", "£5.00", "–", "£1.00", "£6.00"],
        ["Total held", "£2.50", "–", "£501.00", "£503.50"],
    ]
    assert table_rows(page, "Money that came in")[-1][-1] == "£506.00"
    assert table_rows(page, "Money that was spent")[-1][-1] == "£2.50"


def test_cpd_fund_is_shown_month_by_month_in_a_table(treasurer):
    make_grant(pence=50_000, entered_on=date(2026, 12, 10))
    make_speaker(pence=35_000, entered_on=date(2027, 2, 20))

    rows = table_rows(
        treasurer.get("/fund/"),
        "The CPD fund at the end of each month: £150.00 in March 2027",
    )

    assert rows == [
        ["December 2026", "£500.00", "£0.00", "£500.00"],
        ["January 2027", "£0.00", "£0.00", "£500.00"],
        ["February 2027", "£0.00", "£350.00", "£150.00"],
        ["March 2027", "£0.00", "£0.00", "£150.00"],
    ]


def test_moving_money_to_the_bank_is_neither_income_nor_spending(treasurer, puzzle_day):
    make_payment(event=puzzle_day)
    schools.sign_in(treasurer, "treasurer@fairplace.example")
    treasurer.post(
        "/fund/entries/new/payout",
        data={"form_key": "r", "entered_on": "2027-03-01", "pence": "6"},
    )

    (month,) = queries.cpd_by_month(clock.today())
    assert (month.in_pence, month.out_pence, month.balance_pence) == (100, 0, 100)


@pytest.mark.parametrize("path", ["/fund/cpd.svg", "/fund/events.svg"])
@pytest.mark.parametrize(("query", "width"), [("", "720"), ("?narrow=1", "360")])
def test_chart_is_a_picture_without_script(treasurer, puzzle_day, path, query, width):
    make_payment(event=puzzle_day)

    picture = treasurer.get(path + query)

    assert picture.mimetype == "image/svg+xml"
    assert ElementTree.fromstring(picture.data).attrib["width"] == width
    assert b"<script" not in picture.data
    assert b"http:" not in picture.data.replace(b"http://www.w3.org/", b"")
    assert "default-src 'none'" in picture.headers["Content-Security-Policy"]


def test_unchanged_chart_is_not_sent_again(treasurer, puzzle_day):
    make_payment(event=puzzle_day)
    first = treasurer.get("/fund/cpd.svg")
    tag = {"If-None-Match": first.headers["ETag"]}

    assert treasurer.get("/fund/cpd.svg", headers=tag).status_code == 304
    make_grant(pence=500)
    assert treasurer.get("/fund/cpd.svg", headers=tag).status_code == 200


def test_chart_of_an_empty_fund_is_drawn(treasurer):
    assert b"Nothing to show yet" in treasurer.get("/fund/cpd.svg").data
    assert treasurer.get("/fund/events.svg").status_code == 200


def test_entries_are_listed_newest_first(treasurer):
    make_grant(description="Older", entered_on=date(2027, 1, 5))
    make_grant(description="Newer", entered_on=date(2027, 2, 5))

    rows = table_rows(treasurer.get("/fund/entries"), "Ledger entries, newest first")

    assert rows[0] == ["Newer", "5 Feb 2027", "Grant or gift", "CPD fund", "£500.00"]
    assert [row[0] for row in rows] == ["Newer", "Older"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=speaker", ["Speaker on oracy"]),
        ("fund=events", ["Puzzle boxes, Puzzle day"]),
        ("event=puzzle-day-2027", ["Puzzle boxes, Puzzle day"]),
        ("from=2027-02-01&to=2027-02-28", ["Speaker on oracy"]),
        ("kind=grant&fund=cpd", ["Grant of the Rotary Club"]),
        (
            "kind=nonsense&from=soon",
            ["Speaker on oracy", "Puzzle boxes, Puzzle day", "Grant of the Rotary Club"],
        ),
    ],
)
def test_entries_are_filtered(treasurer, puzzle_day, query, found):
    make_grant(entered_on=date(2027, 1, 5))
    make_cost(event=puzzle_day, pence=100, entered_on=date(2027, 1, 6))
    make_speaker(pence=100, entered_on=date(2027, 2, 10))

    page = treasurer.get(f"/fund/entries?{query}")

    rows = table_rows(page, "Ledger entries, newest first")
    assert [row[0] for row in rows] == found


def test_filters_that_nothing_fits_say_so(treasurer):
    make_grant()

    page = treasurer.get("/fund/entries?kind=payout").text

    assert "No entries match these filters" in page
    assert "Payout to the bank" in page


def test_long_list_has_pages(treasurer, db_session):
    with transaction():
        for _ in range(PAGE_SIZE + 1):
            make_grant(pence=100)

    rows = table_rows(treasurer.get("/fund/entries?page=2"), "Ledger entries, newest first")
    assert len(rows) == 1


def test_entry_shows_its_lines_and_its_seal(treasurer, puzzle_day, db_session):
    make_payment(event=puzzle_day)
    waiting = treasurer.get("/fund/entries/payment:1")
    with transaction():
        service.seal(now=clock.now())

    assert table_rows(waiting, "Each line of the entry") == [
        ["Card payments not yet paid out", "Events", "–", "£5.00", "–"],
        ["Card payments not yet paid out", "CPD fund", "–", "£1.00", "–"],
        ["Voluntary contributions", "Events", "materials", "–", "£5.00"],
        ["Voluntary contributions", "CPD fund", "CPD fund", "–", "£1.00"],
    ]
    assert "Waiting for the next seal" in waiting.text
    assert "with entries 1 to 1" in treasurer.get("/fund/entries/payment:1").text


def test_entry_that_is_not_there_is_not_found(treasurer):
    assert treasurer.get("/fund/entries/payment:nowhere").status_code == 404


def test_events_show_what_each_took_and_cost(treasurer, puzzle_day):
    payment = make_payment(event=puzzle_day)
    make_payment(event=puzzle_day)
    make_refund(payment=payment, pence=600)
    make_cost(event=puzzle_day, pence=150)

    rows = table_rows(treasurer.get("/fund/events"), "Events, newest first")

    assert [row[1:] for row in rows] == [["Open", "£12.00", "£6.00", "£1.50", "£4.50"]]


def test_payments_by_families_are_not_listed_on_a_statement(treasurer, puzzle_day):
    make_payment(event=puzzle_day)
    make_cost(event=puzzle_day, pence=150)

    rows = table_rows(
        treasurer.get(f"/fund/events/{puzzle_day.slug}"), "Costs and other entries, newest first"
    )
    assert [row[0] for row in rows] == ["Puzzle boxes, Puzzle day"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("email", ["lead@fairplace.example", "auditor@fairplace.example"])
def test_lead_and_auditor_read(client, network, path, email):
    schools.sign_in(client, email)

    assert client.get(path).status_code == 200


def test_reader_is_given_nothing_to_do(client, network, puzzle_day):
    make_payment(event=puzzle_day)
    schools.sign_in(client, "auditor@fairplace.example")

    page = client.get("/fund/").text

    assert "What needs doing" not in page
    assert "/fund/entries/new/" not in page


@pytest.mark.parametrize("path", [*PAGES, "/fund/entries/grant:1", "/fund/export.csv"])
def test_others_find_nothing(client, network, path):
    make_grant()
    person = schools.make_person(role=Role.COORDINATOR, school=next(iter(network.values())))

    assert client.get(path).status_code in {302, 303}
    schools.sign_in(client, person)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_page_asks_as_much_of_the_database_however_long_the_ledger(
    treasurer, network, count_queries, path
):
    def fill(times):
        for _ in range(times):
            event = events.make_event(
                host=next(iter(network.values())), low_year=1, fee_pence=600, fee_parts=PARTS
            )
            make_payment(event=event)
            make_cost(event=event, pence=150)
            make_grant()

    fill(1)
    treasurer.get(path)
    with count_queries() as few:
        treasurer.get(path)
    fill(3)
    with count_queries() as many:
        treasurer.get(path)

    assert len(many) == len(few)
    assert len(few) <= 33  # ten features put their tasks and news on the first page


def test_the_cpd_fund_is_drawn_in_steps_and_never_as_a_slope():
    months = [queries.Month(date(2026, at, 1), 0, 0, 100 * at * at) for at in range(1, 5)]

    picture = ElementTree.fromstring(charts.cpd(months, width=charts.WIDE))

    (steps,) = [part.get("d") for part in picture.iter() if part.get("class") == "steps"]
    assert steps.count("H") == len(months)
    assert not set(steps) & set("LlCcQqSsTtAa")


def test_each_pair_of_bars_has_its_whole_name_and_both_amounts():
    rows = [("Materials and venue of the summer school", 30011, -500)]

    for width in (charts.WIDE, charts.NARROW):
        picture = charts.spending(rows, width=width, years=("2026/27", "2025/26"))
        said = " ".join(text for text in ElementTree.fromstring(picture).itertext())
        assert "Materials and venue of the" in said
        assert "summer school" in said
        assert {"£300.11", "-£5.00", "2026/27", "2025/26"} <= set(said.split())


@pytest.mark.parametrize(("count", "named"), [(3, 3), (8, 8), (15, 8), (16, 8), (17, 6), (40, 8)])
def test_the_chart_names_months_in_equal_steps_and_the_newest(count, named):
    months = [queries.Month(date(2025 + at // 12, at % 12 + 1, 1), 0, 0, at) for at in range(count)]

    shown = charts.named_months(months, most=8)

    assert shown[-1] == months[-1].first_on.strftime("%b %y")
    assert len(shown) == named
