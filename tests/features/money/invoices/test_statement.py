"""A school's statement: each figure is the sum of its lines, on the page and in every file."""

import csv
import io

import openpyxl
import pytest

from booking.domain import money
from booking.domain.ledger import accounts
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.money.fund import queries as fund_queries
from booking.money.invoices import service
from tests.builders import invoices as build
from tests.builders import schools
from tests.builders.schools import as_
from tests.page import soup, text, words

HERE = "/invoices/schools/larkrise/"


@pytest.fixture
def coordinator(app, school):
    return as_(app, schools.make_person(role=Role.COORDINATOR, school=school))


@pytest.fixture
def history(school):
    """Three invoices: one part-paid, one whose payment was undone, one cancelled."""
    [first] = build.raise_for(build.make_event({school: 3}))
    [second] = build.raise_for(build.make_event({school: 1}, title="Chess day"))
    [third] = build.raise_for(build.make_event({school: 2}, title="Fossil hunt"))
    build.pay(first, 500)
    wrong = build.pay(second, 600)
    with transaction():
        service.undo_payment(actor=COMMAND, now=clock.now(), payment=wrong, reason="Not theirs.")
    with transaction():
        service.cancel(actor=COMMAND, now=clock.now(), invoice=third, reason="Not there.")
    return first, second, third


def rows_of(page):
    found = [
        [words(cell) for cell in row.select("th, td")] for row in soup(page).select("tbody tr")
    ]
    return [(row[0], *row[2:]) for row in found]


def test_every_line_stands_on_it_and_adds_up(coordinator, history):
    page = coordinator.get(HERE)
    assert rows_of(page) == [
        ("Brought forward", "", "", "£0.00"),
        ("Invoice 2026/27-0001: Puzzle day", "£18.00", "", "£18.00"),
        ("Invoice 2026/27-0002: Chess day", "£6.00", "", "£24.00"),
        ("Invoice 2026/27-0003: Fossil hunt", "£12.00", "", "£36.00"),
        ("Payment of invoice 2026/27-0001", "", "£5.00", "£31.00"),
        ("Payment of invoice 2026/27-0002", "", "£6.00", "£25.00"),
        ("Payment of invoice 2026/27-0002, undone", "", "-£6.00", "£31.00"),
        ("Invoice 2026/27-0003: Fossil hunt, cancelled", "-£12.00", "", "£19.00"),
        ("Total", "£24.00", "£5.00", "£19.00"),
    ]
    assert "Invoiced £24.00 Paid £5.00 Due £19.00" in text(page)
    links = [link["href"] for link in soup(page).select("tbody a")]
    assert links[0] == f"/invoices/{history[0].public_id}"


def test_page_files_and_ledger_say_the_same(coordinator, history):
    due = sum(fund_queries.held_by_fund(accounts.due_from_school("larkrise")).values())
    answer = coordinator.get(f"{HERE}statement.csv")
    table = [row for row in csv.reader(io.StringIO(answer.get_data(as_text=True))) if len(row) == 5]
    sheet = openpyxl.load_workbook(
        io.BytesIO(coordinator.get(f"{HERE}statement.xlsx").data)
    ).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    [total] = [row for row in rows if row[0] == "Total"]

    assert table[-1] == ["Total", "", "24.00", "5.00", "19.00"]
    assert total[2:] == [24, 5, 19]
    assert due == 1900
    assert f"Due {money.pounds(due)}" in text(coordinator.get(HERE))
    assert coordinator.get(f"{HERE}statement.pdf").data.startswith(b"%PDF")


def test_another_year_brings_forward_what_was_due(coordinator, history):
    page = coordinator.get(f"{HERE}?from=2027-07-01&to=2027-07-31")
    assert rows_of(page) == [
        ("Brought forward", "", "", "£19.00"),
        ("Total", "£0.00", "£0.00", "£19.00"),
    ]


def test_the_treasurer_sees_who_owes_what(app, school, history):
    schools.make_school(slug="marlstone", name="Marlstone Primary School")
    treasurer = as_(app, schools.make_person(role=Role.TREASURER))
    page = treasurer.get("/fund/invoices/schools/")
    assert "Larkrise Middle School £19.00 Total £19.00" in text(page)
    assert "Marlstone" not in text(page)
    assert treasurer.get(HERE).status_code == 200


def test_another_school_does_not_see_it(app, school, history):
    other = schools.make_school(slug="marlstone", name="Marlstone Primary School")
    stranger = as_(app, schools.make_person(role=Role.COORDINATOR, school=other))
    for ending in ("", "statement.pdf", "give-back"):
        assert stranger.get(f"{HERE}{ending}").status_code == 404


def test_a_school_is_led_to_its_statement(coordinator, school):
    links = [link["href"] for link in soup(coordinator.get("/school/invoices/")).select("main a")]
    assert HERE in links


def test_more_lines_take_no_more_queries(coordinator, school, count_queries):
    def visit():
        coordinator.get(HERE)
        with count_queries() as asked:
            assert coordinator.get(HERE).status_code == 200
        return len(asked)

    build.pay(build.raise_for(build.make_event({school: 1}))[0], 100)
    one = visit()
    for number in range(3):
        build.pay(build.raise_for(build.make_event({school: 1}, title=f"Day {number}"))[0], 100)
    assert visit() == one
