"""Whatever fails in the database, everybody gets our own page: never a bare 500, never twice."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import event, update
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from booking.foundation import clock
from booking.foundation.db import db, sqlite_driver, transaction
from booking.foundation.web.models import WebSession
from tests.page import check_page, header_problems, words
from tests.trust.matrix import ROWS
from tests.trust.matrix.rows import Row
from tests.trust.network import ROLES
from tests.trust.test_matrix import ask, problem

pytestmark = pytest.mark.sweep

PAGES = [row for row in ROWS if row.method == "GET"]
FORMS = [row for row in ROWS if row.method == "POST"]
#: Fields about a child's needs, names of children, and secrets.
PRIVATE = re.compile(
    r"health|access|diet|forename|surname|emergency_name|collect|card|password|content"
)
#: What programs read.
IN_WORDS = {"database unavailable", "unwell"}
#: Nobody sees a child's health, nor saves a list of pupils or the books, unless it is recorded.
RECORDED = {
    "rosters.page",
    "rosters.register",
    "rosters.answers_file",
    "rosters.kitchen_file",
    "rosters.csv_file",
    "rosters.xlsx_file",
    "rosters.pdf_file",
    "day_sheets.day_sheet",
    "day_sheets.labels",
    "day_sheets.sign_in",
    "incidents.at_host",
    "incidents.at_school",
    "pupils.export",
    "answers.pupil",
    "answers.coach_list",
    "answers.coach_list_pdf",
    "travel.cards_pdf",
    "travel.pack_pdf",
    "fund.account_file",
    "fund.event_file",
    "fund.export",
    "fund.income_file",
    "bank.statement_file",
    "invoices.statement_file",
}


@contextmanager
def failing(fails) -> Iterator[list[str]]:
    """Let every statement fail that `fails` picks; give those that were sent."""
    sent = []

    def fail(_connection, _cursor, statement, parameters, _context, _many):
        sent.append(statement)
        if fails(statement):
            cause = sqlite_driver().OperationalError("database or disk is full")
            raise OperationalError(statement, parameters, cause)

    db.session.rollback()
    engine = db.engine
    event.listen(engine, "before_cursor_execute", fail)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", fail)
        db.session.rollback()


def everything(_statement):
    return True


def writing(statement):
    return statement.startswith(("INSERT", "UPDATE", "DELETE", "BEGIN IMMEDIATE"))


def writing_sessions(statement):
    return writing(statement) and "web_sessions" in statement


def outage_problem(row, role, response):
    """Return what is wrong with an answer during an outage, or nothing."""
    found = [] if response.status_code == 503 else [f"status {response.status_code}"]
    found += header_problems(response)
    if response.headers.get("Retry-After") != "10":
        found.append("no Retry-After")
    path = response.request.path
    if path.startswith(("/health", "/metrics")) or path.endswith(".json"):
        found += [] if response.json["status"] in IN_WORDS else ["not in JSON"]
    elif "reach its records" not in response.text:
        found.append("not our page")
    return f"{row} as {role}: {found}" if found else ""


@pytest.fixture(scope="module")
def stale(world) -> Iterator[None]:
    """Make every session one whose use is to be noted."""
    with transaction() as unit:
        unit.execute(update(WebSession).values(last_seen_at=clock.now() - timedelta(minutes=5)))
    yield
    world.go_back()


@pytest.fixture(scope="module")
def read_only(world, stale) -> list[tuple[Row, str, TestResponse]]:
    """Give each page as one person who may see it gets it when nothing can be written."""
    cells = [(row, next(role for role in ROLES if role in row.who)) for row in PAGES if row.who]
    world.app.extensions.pop("health", None)  # what it last said is kept for a moment
    with failing(writing):
        return [(row, role, ask(world, role, row)) for row, role in cells]


@pytest.mark.slow
def test_every_address_answers_everybody_when_nothing_can_be_read(world, counted):
    world.app.extensions["remembered"].forget()
    cells = [(row, role) for row in PAGES for role in ROLES]
    cells += [(row, role) for row in FORMS for role in ("visitor", "own")]

    with failing(everything):
        answers = [(row, role, ask(world, role, row)) for row, role in cells]

    # A visitor sees what is written in no database, or is asked to sign in.
    assert {role for _row, role, answer in answers if answer.status_code < 500} == {"visitor"}
    refused = [each for each in answers if each[2].status_code >= 500]
    problems = [outage_problem(*each) for each in refused]
    assert list(filter(None, problems)) == []
    counted(f"{len(cells)} answers without a database, {len(refused)} of them 503")


@pytest.mark.slow
def test_pages_are_read_as_ever_when_no_session_can_be_saved(world, stale, read_only, counted):
    seen = {(str(row), role) for row, role, _answer in read_only}
    may = [(row, role) for row in PAGES for role in ROLES if role in row.who]
    cells = [
        cell for cell in may if (str(cell[0]), cell[1]) not in seen
    ]  # what can be read can be read here too

    with failing(writing_sessions):
        problems = [problem(row, role, ask(world, role, row)) for row, role in cells]

    assert list(filter(None, problems)) == []
    counted(f"{len(cells)} pages without saving a session")


def test_whoever_cannot_be_signed_out_is_told_so_and_can_send_it_again(world, back_again):
    browser = world.browsers["other"]
    with failing(writing_sessions):
        answer = browser.post("/sign-out", check=False)

    assert words(check_page(answer).h1) == "We cannot tell whether this was saved"
    assert browser.get("/school/").status_code == 200
    assert browser.post("/sign-out").status_code == 303
    assert browser.get("/school/").status_code == 302


@pytest.mark.slow
def test_reading_needs_no_writing_but_where_reading_is_recorded(read_only, counted):
    problems = {row.endpoint: problem(row, role, answer) for row, role, answer in read_only}
    refused = {row.endpoint for row, _role, answer in read_only if answer.status_code == 503}

    assert {endpoint for endpoint, wrong in problems.items() if wrong} == RECORDED
    assert refused >= RECORDED
    counted(f"{len(read_only)} pages of a database that can only be read")


@pytest.mark.slow
def test_no_browser_keeps_what_is_typed_about_a_child_or_a_password(read_only, counted):
    kept = [
        (row.endpoint, str(field["name"]))
        for row, _role, answer in read_only
        if answer.mimetype == "text/html" and "data-reader" in answer.text
        for form in BeautifulSoup(answer.text, "html.parser").select("form[method=post]")
        if not form.has_attr("data-private") and not form.select("[type=password]")
        for field in form.select("input[name]:not([type=hidden], [type=file]), textarea, select")
    ]

    assert [each for each in kept if PRIVATE.search(each[1])] == []
    assert len(kept) > 100
    counted(f"{len(kept)} fields that a browser keeps until they are saved")
