"""The pages of an import: what was guessed is shown and can be changed; doubts are asked."""

import io

from sqlalchemy import func, select

from booking.foundation.db import db
from booking.foundation.tables import remembering
from booking.money.bank import queries
from booking.money.bank.imports.carried import ACCOUNT
from booking.money.bank.models import BankLine
from tests.page import soup, words

IMPORT = "/fund/bank/import"


def upload(client, content, name="statement.csv"):
    return client.post(IMPORT, data={"file": (io.BytesIO(content), name)})


def read_again(client, page, **changes):
    """Send the form that shows how a file was read, with some of its choices changed."""
    form = soup(page).find("form", id="how-read")
    data = {field["name"]: field.get("value", "") for field in form.find_all("input")}
    for select_ in form.find_all("select"):
        chosen = select_.find("option", selected=True) or select_.find("option")
        data[select_["name"]] = chosen["value"]
    return client.post(form["action"], data={**data, **changes})


def say_yes(client, preview, closing=None):
    page = soup(preview)
    data = {name: page.find("input", {"name": name})["value"] for name in ("lines", "closing")}
    if closing is not None:
        data["closing"] = closing
    return client.post(f"{IMPORT}/yes", data=data)


def line_count():
    return db.session.scalar(select(func.count()).select_from(BankLine))


def stored():
    rows = db.session.scalars(select(BankLine).order_by(BankLine.id))
    return [(line.description, line.pence) for line in rows]


def test_unknown_columns_are_pointed_at_once_and_remembered_for_the_account(treasurer):
    content = b"When,What,How much,Charge\n01/02/2027,ROTARY,500.00,0.20\n"
    asked = upload(treasurer, content, "rotary.csv")
    assert asked.status_code == 422
    assert "We cannot tell which column has the date of each line." in asked.text

    pointed = {"column_0": "date", "column_1": "description", "column_2": "amount"}
    asked_again = read_again(treasurer, asked, **pointed)
    assert asked_again.status_code == 422
    assert "“Charge” holds amounts, and we do not know what it is." in asked_again.text
    preview = read_again(treasurer, asked_again, column_3="none")
    assert (preview.status_code, line_count()) == (200, 0)
    assert "rotary.csv" in preview.text, "the file keeps its name"
    assert remembering.known(dialect="bank", owner=ACCOUNT) == {}, "nothing is kept before the yes"
    assert say_yes(treasurer, preview, "500.00").status_code == 303
    assert stored() == [("ROTARY", 50_000)]

    later = upload(treasurer, b"When,What,How much,Charge\n03/02/2027,SHOP,-12.00,0.20\n")

    assert later.status_code == 200
    assert say_yes(treasurer, later, "488.00").status_code == 303
    assert stored() == [("ROTARY", 50_000), ("SHOP", -1_200)]


def test_how_a_file_was_read_is_shown_and_can_be_changed(treasurer):
    content = "Date,Description,Amount,Balance\n01/02/2027,Café Zoë,5.00,5.00\n".encode("mac-roman")
    preview = upload(treasurer, content)
    form = soup(preview).find("form", id="how-read")
    labels = " ".join(words(label) for label in form.find_all("label"))
    assert "Letters (encoding)" in labels
    assert "Columns are separated by" in labels
    assert "As read: Date" in preview.text
    assert "Café Zoë" in preview.text

    changed = read_again(treasurer, preview, encoding="cp1252")

    assert "Café Zoë" not in changed.text
    assert changed.status_code == 200


def test_what_was_left_out_is_told_with_its_reason(treasurer):
    preview = upload(
        treasurer,
        b"Date,Description,Amount,Balance,Status\n01/02/2027,ROTARY,500.00,500.00,Settled\n"
        b"02/02/2027,COACH,-90.00,,Declined\n",
    )

    assert "1 line read, 1 left out: line 3, 02/02/2027 · COACH · -90.00 · Declined." in (
        words(soup(preview).main)
    )
    assert "It has moved no money: the bank says “Declined”." in preview.text
    assert say_yes(treasurer, preview).status_code == 303
    assert stored() == [("ROTARY", 50_000)]


def test_a_first_statement_with_an_unread_line_is_shown_and_has_no_yes(treasurer):
    stopped = upload(
        treasurer, b"Date,Description,Amount\n01/02/2027,ROTARY,500.00\nsoon,COACH,-90.00\n"
    )

    assert stopped.status_code == 422
    assert "1 line could not be read, so nobody can tell what the account held" in stopped.text
    assert "“soon” is not a date" in stopped.text
    assert "ROTARY" in stopped.text
    assert soup(stopped).find("input", {"name": "lines"}) is None


def test_a_later_statement_with_an_unread_line_is_refused_unless_it_adds_up(treasurer):
    head = b"Date,Description,Amount\n01/02/2027,ROTARY,500.00\n"
    say_yes(treasurer, upload(treasurer, head), "500.00")
    later = head + b"soon,COACH,-90.00\n03/02/2027,SHOP,-10.00\n"

    refused = say_yes(treasurer, upload(treasurer, later), "400.00")

    assert refused.status_code == 422
    assert "1 line of the file could not be read: put right what is named below." in refused.text
    assert "“soon” is not a date" in refused.text
    assert line_count() == 1
    adds_up = head + b"03/02/2027,SHOP,-10.00\nsoon,NOTE,1.00\n"
    assert say_yes(treasurer, upload(treasurer, adds_up), "490.00").status_code == 303


def test_a_statement_whose_balances_do_not_follow_is_shown_and_has_no_yes(treasurer):
    stopped = upload(
        treasurer,
        b"Date,Description,Amount,Balance\n01/02/2027,ROTARY,500.00,500.00\n"
        b"02/02/2027,COACH,-90.00,400.00\n",
    )

    assert stopped.status_code == 422
    assert "Line 3: Its balance should be £410.00 after line 2, and is £400.00." in stopped.text
    assert "ROTARY" in stopped.text
    assert soup(stopped).find("input", {"name": "lines"}) is None


def test_words_that_changed_are_shown_beside_what_they_were(treasurer):
    head = b"Date,Description,Amount,Balance\n01/02/2027,STRIPE,120.00,620.00\n"
    first = head + b"03/02/2027,CARD PAYMENT,-12.00,608.00\n"
    second = head + b"03/02/2027,PAPER SHOP,-12.00,608.00\n05/02/2027,SCHOOL,30.00,638.00\n"
    say_yes(treasurer, upload(treasurer, first))

    preview = upload(treasurer, second)

    assert "PAPER SHOP (was: CARD PAYMENT)" in preview.text
    assert "Already here, in new words" in preview.text
    done = say_yes(treasurer, preview)
    assert "1 line imported, and 2 were already here." in treasurer.get(done.location).text
    assert stored()[1:] == [("STRIPE", 12_000), ("PAPER SHOP", -1_200), ("SCHOOL", 3_000)]


def test_ofx_is_read_beside_csv(treasurer):
    content = (
        b"OFXHEADER:100\n\n<OFX><BANKTRANLIST><STMTTRN><DTPOSTED>20270201<TRNAMT>12.00<NAME>ROTARY"
        b"</STMTTRN></BANKTRANLIST><LEDGERBAL><BALAMT>20.00<DTASOF>20270201</LEDGERBAL></OFX>"
    )

    preview = upload(treasurer, content, "statement.ofx")

    assert soup(preview).find("input", {"name": "closing"})["value"] == "20.00"
    assert say_yes(treasurer, preview).status_code == 303
    assert stored() == [("Balance brought forward", 800), ("ROTARY", 1_200)]


def test_text_is_pasted_instead_of_a_file(treasurer):
    text = "Date\tDescription\tAmount\n01/02/2027\tROTARY\t500.00\n"

    preview = treasurer.post(IMPORT, data={"pasted": text})

    assert preview.status_code == 200
    assert say_yes(treasurer, preview, "500.00").status_code == 303
    assert stored() == [("ROTARY", 50_000)]


def test_the_yes_sent_twice_imports_once(treasurer):
    preview = upload(treasurer, b"Date,Description,Amount,Balance\n01/02/2027,A,5.00,5.00\n")

    first, second = say_yes(treasurer, preview), say_yes(treasurer, preview)

    assert first.status_code == 303
    assert second.status_code in {303, 422}
    assert line_count() == 1
    assert queries.newest_statement().closing_pence == 500


def test_content_of_somebody_else_is_not_read_again(treasurer):
    refused = treasurer.post(IMPORT, data={"content": "e30.tampered"})

    assert refused.status_code == 422
    assert "This preview is no longer valid. Choose the file again." in refused.text
