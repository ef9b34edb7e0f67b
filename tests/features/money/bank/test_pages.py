"""The bank's pages: the treasurer imports, matches and reconciles a statement."""

import io
from datetime import date

import openpyxl
import pypdf
import pytest
from sqlalchemy import func, select

from booking.domain.ledger import Fund, accounts
from booking.foundation.db import transaction
from booking.foundation.web.paging import PAGE_SIZE
from booking.money.bank import queries
from booking.money.bank.models import BankLine
from booking.money.fund import queries as fund_queries
from tests.builders import schools
from tests.builders.bank import as_csv, make_statement
from tests.builders.fund import make_grant, make_speaker
from tests.page import soup, words

BALANCES = b"""Date,Description,Paid in,Paid out,Balance
01/02/2027,GRANT FROM ROTARY,500.00,,500.00
03/02/2027,BACS A SPEAKER,,120.00,380.00
04/02/2027,ACCOUNT CHARGE,,6.50,373.50
"""


@pytest.fixture
def books(network):
    make_grant(entered_on=date(2027, 2, 1))
    make_speaker(pence=12_000, entered_on=date(2027, 2, 2))


def upload(client, content, name="statement.csv"):
    return client.post("/fund/bank/import", data={"file": (io.BytesIO(content), name)})


def say_yes(client, preview, closing=None):
    page = soup(preview)
    data = {
        "lines": page.find("input", {"name": "lines"})["value"],
        "closing": page.find("input", {"name": "closing"})["value"],
    }
    if closing is not None:
        data["closing"] = closing
    return client.post("/fund/bank/import/yes", data=data)


def line_count(db_session):
    return db_session.scalar(select(func.count()).select_from(BankLine))


def table(response, caption):
    """Return the cells of the table with this caption, row by row."""
    found = next(t for t in soup(response).find_all("table") if words(t.caption) == caption)
    return [
        [words(cell) for cell in row.find_all(["th", "td"])] for row in found.select("tbody tr")
    ]


def test_a_statement_is_imported_matched_and_reconciled(treasurer, books, db_session):
    preview = upload(treasurer, BALANCES)
    assert line_count(db_session) == 0
    assert [row[0] for row in table(preview, "All lines in the file, oldest first")] == [
        "GRANT FROM ROTARY",
        "BACS A SPEAKER",
        "ACCOUNT CHARGE",
    ]
    assert say_yes(treasurer, preview).location == "/fund/bank/matching"
    assert line_count(db_session) == 3

    page = soup(treasurer.get("/fund/bank/matching"))
    tokens = [box["value"] for box in page.find_all("input", {"name": "token", "checked": True})]
    assert len(tokens) == 2
    assert treasurer.post("/fund/bank/matching", data={"token": tokens}).status_code == 303

    (charge,) = queries.unmatched_lines(limit=9)
    record = f"/fund/bank/lines/{charge.public_id}/record/admin-cost"
    assert "ACCOUNT CHARGE" in treasurer.get(record).text
    sent = {"description": "Bank charges", "entered_on": "2027-02-04"}
    assert treasurer.post(record, data=sent).status_code == 303
    assert fund_queries.held_by_fund(accounts.BANK)[Fund.ADMIN] == -650

    home = treasurer.get("/fund/bank/").text
    assert "Ledger and bank agree to the penny" in home
    statement = queries.newest_statement()
    rows = table(
        treasurer.get(f"/fund/bank/statements/{statement.public_id}"),
        "Ledger and bank on Thursday 4 February 2027",
    )
    assert rows == [
        ["The ledger’s bank account", "£373.50"],
        ["Less 0 entries not at the bank yet", "£0.00"],
        ["Plus 0 lines not in the ledger yet", "£0.00"],
        ["So the bank should hold", "£373.50"],
        ["The bank’s balance", "£373.50"],
        ["Difference", "£0.00"],
    ]


def test_a_file_without_balances_asks_for_the_closing_balance(treasurer, db_session):
    preview = upload(treasurer, as_csv((date(2027, 2, 1), "A", 100)))
    assert soup(preview).find("input", {"name": "closing"})["value"] == ""

    empty = say_yes(treasurer, preview)
    assert empty.status_code == 422
    assert "Enter the balance that the bank shows" in empty.text
    nonsense = say_yes(treasurer, preview, "lots")
    assert (nonsense.status_code, "“lots” is not an amount" in nonsense.text) == (422, True)
    assert soup(nonsense).find("input", {"name": "closing"})["value"] == "lots"
    assert line_count(db_session) == 0

    assert say_yes(treasurer, empty, "-5.00").status_code == 303
    assert queries.newest_statement().closing_pence == -500
    assert line_count(db_session) == 2


def test_an_overdrawn_balance_of_the_file_is_kept(treasurer, db_session):
    preview = upload(treasurer, b"Date,Description,Amount,Balance\n01/02/2027,A,-1.00,-3.50\n")

    assert say_yes(treasurer, preview).status_code == 303
    assert queries.newest_statement().closing_pence == -350


def test_a_closing_balance_that_does_not_add_up_is_told_and_nothing_is_written(
    treasurer, db_session
):
    make_statement((date(2027, 2, 1), "A", 100))
    preview = upload(treasurer, as_csv((date(2027, 2, 9), "B", 100)))

    refused = say_yes(treasurer, preview, "9.00")

    assert refused.status_code == 422
    assert "With these lines the account would hold £2.00, but the bank says £9.00" in refused.text
    assert line_count(db_session) == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "This file is empty."),
        (b"%PDF-1.7 rest", "This is a PDF, which we do not read. At your bank choose CSV"),
        (b"Date,Description,Amount\n30/02/2027,A,1.00\n", "line 2, 30/02/2027 · A · 1.00."),
        (b"Date,Description,Amount\n01/02/2027,A,one\n", "“one” is not an amount"),
        (b"Day,What,How much\n01/02/2027,A,1\n", "which column has the date of each line"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(treasurer, db_session, content, told):
    refused = upload(treasurer, content)

    assert refused.status_code == 422
    assert told in refused.text
    assert line_count(db_session) == 0


def test_no_file_is_asked_for(treasurer):
    refused = treasurer.post("/fund/bank/import", data={})

    assert (refused.status_code, "Choose the file that your bank" in refused.text) == (422, True)


def test_the_same_file_a_second_time_is_refused_at_once(treasurer, db_session):
    say_yes(treasurer, upload(treasurer, BALANCES))

    refused = upload(treasurer, BALANCES)

    assert refused.status_code == 422
    assert "This file was imported on Monday 1 March 2027" in refused.text
    assert line_count(db_session) == 3


def test_a_preview_is_good_once_and_for_one_person(treasurer, network, db_session):
    preview = upload(treasurer, BALANCES)
    say_yes(treasurer, preview)
    assert "This file was imported on" in say_yes(treasurer, preview).text

    tampered = treasurer.post("/fund/bank/import/yes", data={"lines": "x.y.z", "closing": "1"})
    assert tampered.location == "/fund/bank/import"
    assert line_count(db_session) == 3


def test_lines_that_are_there_already_are_shown_as_such(treasurer, db_session):
    make_statement((date(2027, 2, 1), "GRANT FROM ROTARY", 50_000))

    preview = upload(treasurer, BALANCES)

    states = [row[2] for row in table(preview, "All lines in the file, oldest first")]
    assert states == ["Already here", "New", "New"]


def test_a_line_is_matched_by_hand_with_several_entries(treasurer, db_session):
    grants = [make_grant(pence=p, entered_on=date(2027, 2, 1)) for p in (100, 250, 300)]
    make_statement((date(2027, 2, 2), "BGC", 350))
    (line,) = queries.unmatched_lines(limit=9)
    url = f"/fund/bank/lines/{line.public_id}"

    wrong = treasurer.post(f"{url}/match", data={"entry": [grants[0].key, grants[2].key]})
    assert wrong.status_code == 422
    assert "£3.50, in the ledger £4.00: £0.50 apart" in wrong.text
    ticked = soup(wrong).find_all("input", {"name": "entry", "checked": True})
    assert {box["value"] for box in ticked} == {grants[0].key, grants[2].key}

    right = treasurer.post(f"{url}/match", data={"entry": [grants[0].key, grants[1].key]})
    assert right.status_code == 303
    page = treasurer.get(url)
    assert "Matched with" in page.text
    match = queries.line_by_public_id(line.public_id).match
    assert treasurer.post(f"/fund/bank/matches/{match.public_id}/undo").status_code == 303
    assert len(queries.unmatched_lines(limit=9)) == 1


def test_no_proposal_ticked_is_told(treasurer, books):
    make_statement((date(2027, 2, 1), "GRANT", 50_000))

    refused = treasurer.post("/fund/bank/matching", data={})

    assert (refused.status_code, "Tick the proposals that are right." in refused.text) == (
        422,
        True,
    )


def test_a_missing_entry_without_words_is_told_and_not_recorded(treasurer, db_session):
    make_statement((date(2027, 2, 1), "CHARGE", -450))
    (line,) = queries.unmatched_lines(limit=9)
    url = f"/fund/bank/lines/{line.public_id}/record/admin-cost"

    refused = treasurer.post(url, data={"entered_on": "2027-02-01", "description": ""})

    assert (refused.status_code, "Say what this was for." in refused.text) == (422, True)
    assert fund_queries.entry_count() == 0
    assert treasurer.get(url.replace("admin-cost", "grant")).status_code == 404
    assert treasurer.get(url.replace("admin-cost", "nonsense")).status_code == 404


def test_the_balance_brought_forward_offers_the_opening_balance(treasurer, db_session):
    make_statement((date(2027, 2, 1), "A", 100), opening_pence=900)
    line = next(line for line in queries.unmatched_lines(limit=9) if line.brought_forward)
    url = f"/fund/bank/lines/{line.public_id}/record/opening-balance"

    wrong = treasurer.post(url, data={"entered_on": "2027-02-01", "cpd": "8"})
    right = treasurer.post(url, data={"entered_on": "2027-02-01", "cpd": "6", "events": "3"})

    assert (wrong.status_code, "This would move £8.00 at the bank" in wrong.text) == (422, True)
    assert right.status_code == 303
    assert fund_queries.held_by_fund(accounts.BANK)[Fund.CPD] == 600


def test_the_newest_statement_is_taken_back(treasurer, db_session):
    statement = make_statement((date(2027, 2, 1), "A", 50_000))
    make_grant(entered_on=date(2027, 2, 1))
    url = f"/fund/bank/statements/{statement.public_id}"
    (proposal,) = queries.proposals()
    treasurer.post("/fund/bank/matching", data={"token": proposal.token})

    refused = treasurer.post(f"{url}/remove")
    assert (refused.status_code, "First remove the matches" in refused.text) == (422, True)
    match = (
        queries.unmatched_lines(limit=9) == [] and queries.lines_of(statement, number=1).items[0]
    )
    treasurer.post(f"/fund/bank/matches/{match.match.public_id}/undo")
    assert treasurer.post(f"{url}/remove").status_code == 303
    assert line_count(db_session) == 0


def test_the_reconciliation_is_sent_as_a_file(treasurer, books, db_session):
    statement = make_statement((date(2027, 2, 4), "=CHARGE()", -650))
    url = f"/fund/bank/statements/{statement.public_id}/reconciliation"

    text = treasurer.get(f"{url}.csv").text
    sheet = openpyxl.load_workbook(io.BytesIO(treasurer.get(f"{url}.xlsx").data)).worksheets[0]
    paper = pypdf.PdfReader(io.BytesIO(treasurer.get(f"{url}.pdf").data))

    assert "Less 2 entries not at the bank yet,,-380.00" in text
    assert "'=CHARGE()" in text
    assert [cell.value for cell in sheet[7]] == ["Plus 1 line not in the ledger yet", None, -6.5]
    assert "The bank’s balance on 4 February 2027" in " ".join(
        paper.pages[0].extract_text().split()
    )


def test_readers_look_and_change_nothing(client, network, books):
    statement = make_statement((date(2027, 2, 1), "A", 50_000))
    line = queries.unmatched_lines(limit=1)[0]
    schools.sign_in(client, "auditor@fairplace.example")

    for path in (
        "",
        "matching",
        "entries",
        f"lines/{line.public_id}",
        f"statements/{statement.public_id}",
    ):
        page = client.get(f"/fund/bank/{path}")
        assert page.status_code == 200
        assert soup(page).main.find("form", {"method": "post"}) is None
    assert client.get("/fund/bank/import").status_code == 404


def test_empty_pages_say_what_to_do_next(treasurer):
    assert "No statement has been imported yet" in treasurer.get("/fund/bank/").text
    assert "Every bank line has its entry" in treasurer.get("/fund/bank/matching").text
    assert "Nothing is on the way" in treasurer.get("/fund/bank/entries").text


def test_what_is_not_there_is_not_found(treasurer):
    for path in ("lines/none", "statements/none", "statements/none/reconciliation.pdf"):
        assert treasurer.get(f"/fund/bank/{path}").status_code == 404
    assert treasurer.post("/fund/bank/matches/none/undo").status_code == 404


def test_the_treasurers_tasks_name_the_lines_that_wait(treasurer, books):
    make_statement((date(2027, 2, 1), "A", 50_000), (date(2027, 2, 1), "B", 7))

    page = treasurer.get("/fund/").text

    assert "Match 2 bank lines" in page
    assert "1 proposal to confirm." in page


def test_long_lists_have_pages_and_queries_do_not_grow(treasurer, books, count_queries):
    make_statement((date(2027, 2, 1), "First", 5))
    counts = []
    for size in (3, PAGE_SIZE + 5):
        pages = ["", "matching", "entries", f"statements/{queries.newest_statement().public_id}"]
        for path in pages:
            treasurer.get(f"/fund/bank/{path}")
            with count_queries() as made:
                treasurer.get(f"/fund/bank/{path}")
            counts.append(len(made))
        with transaction():
            for _ in range(size):
                make_grant(pence=5, entered_on=date(2027, 2, 3))
        held = queries.newest_statement().closing_pence
        make_statement(
            *[(date(2027, 2, 3), f"Line {n} of {size}", 5) for n in range(size)], opening_pence=held
        )

    assert max(abs(a - b) for a, b in zip(counts[:4], counts[4:], strict=True)) <= 1
    assert "Page 2 of 2" in treasurer.get("/fund/bank/matching?page=2").text
