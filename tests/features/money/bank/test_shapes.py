"""The shapes in which banks write: read to the penny, asked about, or named for what they are."""

import io
from datetime import date, datetime

import openpyxl
import pytest

from booking.foundation.tables.records import TableChoices
from booking.foundation.tables.refusals import NotReadable
from booking.money.bank.imports import statement


def lines(text, **more):
    """Return each line of a file as (day, pence, words)."""
    return [(line.on, line.pence, line.description) for line in read(text, **more).lines]


def read(text, **more):
    return statement.read(text if isinstance(text, bytes) else text.encode(), **more)


STRIPE, HALL = (date(2026, 9, 1), 12_000, "STRIPE PAYMENTS UK"), (date(2026, 9, 3), -4_500, "HALL")


@pytest.mark.parametrize(
    "text",
    [
        # Which way the money went, in a column of its own.
        "Date,Description,Debit/Credit,Amount\n"
        "01/09/2026,STRIPE PAYMENTS UK,CR,120.00\n03/09/2026,HALL,DR,45.00\n",
        "Date,Description,Type,Amount\n"
        "01/09/2026,STRIPE PAYMENTS UK,Credit,120.00\n03/09/2026,HALL,Debit,45.00\n",
        "Date,Description,Direction,Amount\n"
        "01/09/2026,STRIPE PAYMENTS UK,IN,120.00\n03/09/2026,HALL,OUT,-45.00\n",
        "Date,Description,Debit/Credit,Balance\n"
        "01/09/2026,STRIPE PAYMENTS UK,120.00,620.00\n03/09/2026,HALL,-45.00,575.00\n",
        # What stands where there is nothing.
        "Date,Description,Paid out,Paid in,Balance\n"
        "01/09/2026,STRIPE PAYMENTS UK,-,120.00,620.00\n03/09/2026,HALL,45.00,-,575.00\n",
        "Date,Description,Paid out,Paid in\n"
        "01/09/2026,STRIPE PAYMENTS UK,nil,120.00\n03/09/2026,HALL,45.00,–\n",
        # No line names the columns.
        "01/09/2026,STRIPE PAYMENTS UK,120.00\n03/09/2026,HALL,-45.00\n",
        "1 Sept 2026,120.00,STRIPE PAYMENTS UK,620.00\n3 Sept 2026,-45.00,HALL,575.00\n",
        "3 Sept 2026,HALL,45.00,,575.00\n1 Sept 2026,STRIPE PAYMENTS UK,,120.00,620.00\n",
        # Days as people write them.
        "Date,Description,Amount\n1st Sept 26,STRIPE PAYMENTS UK,120.00\n03-Sep-26,HALL,-45.00\n",
        "Date,Description,Amount\n"
        "2026-09-01T09:12:00Z,STRIPE PAYMENTS UK,120.00\nThu 3 September 2026,HALL,-45.00\n",
        # The same said twice is no question.
        "Date,Description,Amount,Amount in GBP\n"
        "01/09/2026,STRIPE PAYMENTS UK,120.00,120.00\n03/09/2026,HALL,-45.00,-45.00\n",
        # Lines of “Date: …”, newest first.
        "From: 01/09/2026 to 05/09/2026\r\n\r\nAccount: XXXX 1234\r\n\r\n"
        "Date: 03/09/2026\r\nDescription: HALL\r\nAmount: -45.00 \r\nBalance: 575.00 GBP\r\n\r\n"
        "Date: 01/09/2026\r\nDescription: STRIPE PAYMENTS UK\r\nAmount:\u00a0120.00\r\n"
        "Balance: 620.00\r\n",
        # A page that is called .xls.
        "<html><body><table><tr><td>Date<td>Description<td>Money in<td>Money Out</tr>"
        "<tr><td>01/09/2026</td><td>STRIPE <b>PAYMENTS</b> UK</td><td>120.00</td><td></td></tr>"
        "<tr><td>03/09/2026</td><td>HALL</td><td>&nbsp;</td><td>45.00</td></tr></table></html>",
        # OFX, whose tags need not be closed, and as XML.
        "OFXHEADER:100\nDATA:OFXSGML\n\n<OFX><STMTRS><CURDEF>GBP<BANKACCTFROM><ACCTID>1\n"
        "</BANKACCTFROM><BANKTRANLIST>\n<STMTTRN>\n<TRNTYPE>CREDIT\n<DTPOSTED>20260901120000[0:GMT]"
        "\n<TRNAMT>120.00\n<FITID>1\n<NAME>STRIPE PAYMENTS UK\n<STMTTRN><TRNTYPE>DEBIT"
        "<DTPOSTED>20260903<TRNAMT>-45,00<FITID>2<NAME>HALL</STMTTRN></BANKTRANLIST></STMTRS></OFX>",
        '<?xml version="1.0"?><?OFX OFXHEADER="200"?><OFX><STMTRS><BANKTRANLIST><STMTTRN><DTPOSTED>'
        "20260901</DTPOSTED><TRNAMT>120.00</TRNAMT><NAME>STRIPE PAYMENTS UK</NAME></STMTTRN>"
        "<STMTTRN><DTPOSTED>20260903</DTPOSTED><TRNAMT>-45.00</TRNAMT><NAME>HALL</NAME></STMTTRN>"
        "</BANKTRANLIST></STMTRS></OFX>",
    ],
)
def test_a_shape_is_read_to_the_penny(text):
    assert lines(text) == [STRIPE, HALL]
    assert read(text).unread == []
    assert read(text).broken is None


def test_a_line_that_never_moved_money_is_left_out_and_listed():
    reading = read(
        "Date,Description,Amount,Status\n01/09/2026,PAPER,-12.00,Settled\n"
        "02/09/2026,COACH,-90.00,Declined\n03/09/2026,PRINTER,-30.00,Pending\n"
        "04/09/2026,CHOIR,-7.00,CANCELLED\n"
    )

    assert [line.description for line in reading.lines] == ["PAPER"]
    assert [(each.line, each.why) for each in reading.left_out] == [
        (3, "It has moved no money: the bank says “Declined”."),
        (4, "It has moved no money: the bank says “Pending”."),
        (5, "It has moved no money: the bank says “CANCELLED”."),
    ]
    assert reading.unread == []


def test_a_line_that_is_pending_instead_of_dated_is_left_out():
    reading = read("Date,Description,Amount\nPending,COACH,-90.00\n01/09/2026,PAPER,-12.00\n")

    assert [line.pence for line in reading.lines] == [-1_200]
    assert reading.left_out[0].why == "It has moved no money: the bank says “Pending”."
    assert reading.unread == []


def test_an_excel_workbook_is_read_to_the_penny():
    book = openpyxl.Workbook()
    book.active.append(["Date", "Description", "Amount", "Fee"])
    book.active.append([datetime(2026, 9, 1), "STRIPE PAYMENTS UK", 120, 0.2])
    book.active.append([datetime(2026, 9, 3), "HALL", -45.0, None])
    file = io.BytesIO()
    book.save(file)

    assert "“Fee” holds amounts" in read(file.getvalue()).question
    answered = TableChoices(columns={3: "none"})
    assert lines(file.getvalue(), choices=answered) == [STRIPE, HALL]


@pytest.mark.parametrize(
    ("header", "row", "why"),
    [
        ("Date,Description,Amount,Status", "01/09/2026,A,1.00,Maybe", "means that the payment"),
        ("Date,Description,Amount,Debit/Credit", "01/09/2026,A,1.00,XY", "came or went"),
        ("Date,Description,Amount,Debit/Credit", "01/09/2026,A,-1.00,CR", "has a minus"),
        (
            "Date,Description,Amount,Paid in,Paid out",
            "01/09/2026,A,2.00,1.00,",
            "Its amount is not",
        ),
    ],
)
def test_a_line_that_says_two_things_is_left_out_with_its_reason(header, row, why):
    reading = read(f"{header}\n{row}\n")

    assert reading.lines == ()
    assert why in reading.unread[0].why


def test_an_unknown_column_full_of_amounts_is_a_question_until_it_is_answered():
    text = "Date,Description,Amount,Fee\n01/09/2026,A,12.00,0.20\n02/09/2026,B,5.00,\n"

    assert "“Fee” holds amounts, and we do not know what it is." in read(text).question
    answered = read(text, choices=TableChoices(columns={3: "none"}))
    assert (answered.question, len(answered.lines)) == ("", 2)
    remembered = read(text, remembered={"fee": "none"})
    assert (remembered.question, len(remembered.lines)) == ("", 2)


def test_a_column_is_pointed_at_and_remembered_by_its_title():
    text = "When,What,How much\n01/09/2026,A,12.00\n"
    assert "We cannot tell which column has the date" in read(text).question

    columns = {0: "date", 1: "description", 2: "amount"}
    reading = read(text, choices=TableChoices(columns=columns))

    assert [(line.on, line.pence) for line in reading.lines] == [(date(2026, 9, 1), 1_200)]


def test_what_a_file_without_titles_was_taken_for_is_told():
    reading = read("01/09/2026,STRIPE PAYMENTS UK,120.00,620.00\n03/09/2026,HALL,-45.00,575.00\n")

    assert reading.meanings == [
        "Date",
        "Description",
        "Amount, with a minus for money out",
        "Balance after the line",
    ]


def test_two_columns_of_amounts_without_titles_are_asked_about():
    reading = read("01/09/2026,A,120.00,\n03/09/2026,B,,45.00\n")

    assert "which column has the amounts" in reading.question


@pytest.mark.parametrize(
    "quoted", ['PAYMENT FROM "FRIENDS" PTA', 'THE 6" NAIL FUND', '"A" AND "B"']
)
def test_quotation_marks_that_nobody_doubled_are_part_of_the_text(quoted):
    reading = read(
        '"Date","Description","Amount","Balance"\n'
        f'"01/09/2026","{quoted}","50.00","550.00"\n"02/09/2026","HALL HIRE","-45.00","505.00"\n'
    )

    assert [line.pence for line in reading.lines][-1] == -4_500
    assert [line.description for line in reading.lines][:-1] in ([quoted], [])
    assert len(reading.lines) + len(reading.unread) == 2


def test_the_order_of_a_day_is_found_from_the_balances():
    reading = read(
        "Date,Description,Amount,Balance\n24/11/2026,L NGUYEN,12.00,112.00\n"
        "24/11/2026,INTEREST,0.50,12.50\n24/11/2026,COACH,-100.00,12.00\n"
        "25/11/2026,N OKORIE,12.00,24.50\n"
    )

    assert reading.broken is None
    assert [line.balance_pence for line in reading.lines] == [11_200, 1_200, 1_250, 2_450]


def test_a_bank_that_shows_the_balance_of_a_day_once_is_read():
    reading = read(
        "Date,Description,Amount,Balance\n24/11/2026,A,12.00,\n24/11/2026,B,1.00,13.00\n"
        "25/11/2026,C,2.00,15.00\n"
    )

    assert (reading.broken, reading.closing_pence) == (None, 1_500)


def test_ofx_says_what_the_account_held_at_the_end():
    ofx = (
        "<OFX><BANKTRANLIST><STMTTRN><DTPOSTED>20260901<TRNAMT>5.00<NAME>A &amp; B</STMTTRN>"
        "<STMTTRNP><DTTRAN>20260902<TRNAMT>-9.00<NAME>C</STMTTRNP></BANKTRANLIST>"
        "<LEDGERBAL><BALAMT>{held}<DTASOF>{on}</LEDGERBAL></OFX>"
    )
    reading = read(ofx.format(held="25.00", on="20260902"))

    assert lines(ofx.format(held="25.00", on="20260902")) == [(date(2026, 9, 1), 500, "A & B")]
    assert reading.closing_pence == 2_500
    assert reading.left_out[0].why == "It has moved no money: the bank says “Pending”."
    assert read(ofx.format(held="25.00", on="20260801")).closing_pence is None, "of another day"


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"!Type:Bank\nD01/09/2026\nT12.00\n^\n", "This is a QIF file"),
        (b":20:STARTUMSE\n:25:1/2\n", "This is an MT940 file"),
        (
            b'<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.1">',
            "This is a CAMT file",
        ),
        (b"%PDF-1.7", "This is a PDF"),
        (b"<OFX><SIGNONMSGSRSV1></SIGNONMSGSRSV1></OFX>", "This OFX file holds no transactions"),
        (b"<html><body><p>Please sign in</p></body></html>", "This file is a web page"),
    ],
)
def test_what_is_not_read_is_named_with_what_to_choose(content, named):
    with pytest.raises(NotReadable, match=named):
        statement.read(content)
