"""Statements as British banks export them: what is understood, and what is refused."""

from datetime import date
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.foundation.tables.refusals import NotReadable
from booking.money.bank.imports import cells, order, statement

#: One deposit and one charge, as each bank writes them. Every account held £100.00 before.
LAYOUTS = {
    "Barclays": """Number,Date,Account,Amount,Subcategory,Memo
 ,02/03/2027,20-00-00 12345678,-4.50,PAYMENT,CHARGES TO 28FEB
 ,01/03/2027,20-00-00 12345678,60.00,DIRECTDEP,MILL LANE PRIMARY      INV 7
""",
    "Lloyds": """Transaction Date,Transaction Type,Sort Code,Account Number,\
Transaction Description,Debit Amount,Credit Amount,Balance
02/03/2027,PAY,'11-22-33,12345678,CHARGES TO 28FEB,4.50,,155.50
01/03/2027,FPI,'11-22-33,12345678,MILL LANE PRIMARY      INV 7,,60.00,160.00
""",
    "NatWest": """Date, Type, Description, Value, Balance, Account Name, Account Number

02 Mar 2027,CHG,"'CHARGES TO 28FEB",-4.50,155.50,"'FAIRPLACE","'601234-12345678",
01 Mar 2027,BAC,"'MILL LANE PRIMARY INV 7",60.00,160.00,"'FAIRPLACE","'601234-12345678",
""",
    "HSBC": """Date,Type,Description,Paid out,Paid in,Balance
01-Mar-2027,CR,MILL LANE PRIMARY INV 7,,60.00,160.00
02-Mar-2027,DR,CHARGES TO 28FEB,4.50,,155.50
""",
    "Nationwide": """"Account Name:","Charity ****12345"
"Account Balance:","£155.50"
"Available Balance: ","£155.50"

"Date","Transaction type","Description","Paid out","Paid in","Balance"
"01 Mar 2027","Bank credit","MILL LANE PRIMARY INV 7","","£60.00","£160.00"
"02 Mar 2027","Fee","CHARGES TO 28FEB","£4.50","","£155.50"
""",
    "Santander": """Date;Description;Money in;Money Out;Balance
02/03/2027;CHARGES TO 28FEB;;£4.50;£155.50
01/03/2027;MILL LANE PRIMARY INV 7;£60.00;;£160.00
""",
    "Co-operative": """Date,Description,Type,Money In,Money Out,Balance
2027-03-02,CHARGES TO 28FEB,CHARGE,,4.50,155.50
2027-03-01,MILL LANE PRIMARY INV 7,CREDIT,60.00,,160.00
""",
    "Starling": """Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP),\
Spending Category,Notes
01/03/2027,MILL LANE PRIMARY,INV 7,FASTER PAYMENT,60.00,160.00,INCOME,
02/03/2027,CHARGES,TO 28FEB,FEE,-4.50,155.50,FEES,
""",
    "Monzo": """Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,\
Local currency,Notes and #tags,Address,Receipt,Description,Category split,Money Out,Money In
tx_1,01/03/2027,09:12:01,FPI,MILL LANE PRIMARY,,Income,60.00,GBP,60.00,GBP,,,,INV 7,,,60.00
tx_2,02/03/2027,10:00:00,Fee,CHARGES,,Fees,-4.50,GBP,-4.50,GBP,,,,TO 28FEB,,-4.50,
""",
    "Metro": """Date,Reference,Transaction Type,Money In,Money Out,Balance
2027-03-01T00:00:00,MILL LANE PRIMARY INV 7,Credit,60.00,,160.00
2027-03-02T00:00:00,CHARGES TO 28FEB,Charge,,-4.50,155.50
""",
}


@pytest.mark.parametrize("bank", LAYOUTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_layout_of_each_bank_is_understood(bank, encoding):
    reading = statement.read(LAYOUTS[bank].encode(encoding))

    assert (reading.broken, reading.unread) == (None, [])
    assert [(line.on, line.pence) for line in reading.lines] == [
        (date(2027, 3, 1), 6_000),
        (date(2027, 3, 2), -450),
    ]
    said = [" ".join(line.description.replace("·", "").split()) for line in reading.lines]
    assert said == ["MILL LANE PRIMARY INV 7", "CHARGES TO 28FEB"]
    assert reading.closing_pence in {15_550, None}
    assert (reading.closing_pence is None) == (bank in {"Barclays", "Monzo"})


def read(*rows, header="Date,Description,Amount,Balance"):
    return statement.read("\n".join([header, *rows]).encode())


def test_each_unreadable_row_is_named_and_costs_no_other():
    reading = read(
        "01/03/2027,Fine,1.00,1.00",
        "13/31/2027,Month,1.00,2.00",
        "02/03/2027,Words,lots,2.00",
        ",No day,1.00,3.00",
        "04/03/2027,Fine as well,2.00,6.00",
    )

    assert [(line.row, line.pence) for line in reading.lines] == [(2, 100), (6, 200)]
    assert [(each.line, each.why) for each in reading.unread] == [
        (3, "“13/31/2027” is not a date like 31/03/2027 or 2027-03-31."),
        (4, "“lots” is not an amount like 12.50."),
        (5, "This line has no date."),
    ]


def test_a_balance_that_does_not_follow_tells_of_a_missing_line():
    reading = read("01/03/2027,A,1.00,11.00", "02/03/2027,B,2.00,14.00", "03/03/2027,C,1.00,15.00")

    assert reading.broken is not None
    row, told = reading.broken
    assert row == 3
    assert told == (
        "Its balance should be £13.00 after line 2, and is £14.00. A line is missing or was "
        "changed. Export the statement again, in one piece."
    )


def test_rows_that_move_no_money_are_passed_over_and_told():
    reading = read("01/03/2027,BALANCE BROUGHT FORWARD,,10.00", "01/03/2027,A,1.00,11.00")

    assert [line.description for line in reading.lines] == ["A"]
    assert [(each.line, each.why, each.may_move_money) for each in reading.left_out] == [
        (2, "It moves no money.", False)
    ]


def test_newest_first_on_one_day_is_put_right_by_the_balances():
    reading = read("01/03/2027,Second,-5.00,6.00", "01/03/2027,First,1.00,11.00")

    assert [line.description for line in reading.lines] == ["First", "Second"]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("When,Description,Amount", "which column has the date of each line"),
        ("Date,Description,Fee", "which column has the amounts, or which two"),
        (
            "Date,Description,Paid in",
            "which is the other one of the two columns “Paid in” and “Paid out”",
        ),
        ("Date,Amount", "which column says what each line was for"),
    ],
)
def test_a_column_that_nobody_knows_is_asked_for(header, words):
    reading = read("01/03/2027,1,2.00", header=header)

    assert words in reading.question
    assert "“Date”" in reading.question or "“When”" in reading.question
    assert reading.lines == ()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty. Choose the statement"),
        (b"Date,Description,Amount\n", "There are no lines in this file"),
        (b"%PDF-1.7", "a PDF"),
        (b"PK\x03\x04rest", "damaged"),
        (b"Date,Description,Amount\n01/03/2027,Nothing,0.00", "move money"),
        (
            b"Date,Description,Amount,Account number\n01/03/2027,A,1,11\n01/03/2027,A,1,22",
            "lines from 2 accounts",
        ),
        (b"Date,Description,Amount\n" + b"01/03/2027,A,1\n" * 2_001, "more than 2,000 rows"),
    ],
)
def test_a_file_that_is_no_statement_is_refused(content, words):
    with pytest.raises(NotReadable, match=words):
        statement.read(content)


def test_other_money_than_pounds_is_refused():
    reading = read("01/03/2027,A,1.00,EUR", header="Date,Description,Amount,Currency")

    assert reading.unread[0].why == "This line is in EUR, not in pounds."


def test_paid_in_and_out_in_one_line_is_refused():
    reading = read("01/03/2027,A,1.00,2.00", header="Date,Description,Paid in,Paid out")

    assert reading.unread[0].why == "This line has an amount both paid in and paid out."


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("12.5", 1_250),
        ("£1,200.50", 120_050),
        ("-3.20", -320),
        ("3.20-", -320),
        ("(3.20)", -320),
        ("3.20 DR", -320),
        ("3.20 CR", 320),
        ("\u2212£3.20", -320),
        ("£-3.20", -320),
        ("+.05", 5),
        ("12", 1_200),
    ],
)
def test_amounts_are_written_in_many_ways(text, pence):
    assert cells.amount(text) == pence


@pytest.mark.parametrize("text", ["", "1.234", "1,23", "€3", "1e3", "--3", "3p", "9" * 30, "٣.٠٠x"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(cells.CellNotAnAmount):
        cells.amount(text)


@pytest.mark.parametrize("text", ["31/02/2027", "2027", "03/31/2027", "01/01/1970", "tomorrow"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(cells.NotADay):
        cells.day(text)


moves = st.lists(st.integers(-99_999, 99_999).filter(bool), min_size=1, max_size=12)


@given(moves, st.integers(-10_000, 1_000_000), st.booleans())
def test_lines_are_read_in_the_order_of_their_balances(pence, opening, newest_first):
    balances = list(accumulate(pence, initial=opening))[1:]
    rows = [
        f"01/03/2027,Line {n},{p / 100:.2f},{b / 100:.2f}"
        for n, (p, b) in enumerate(zip(pence, balances, strict=True))
    ]

    reading = read(*(rows[::-1] if newest_first else rows))

    assert (reading.broken, reading.unread) == (None, [])
    assert reading.closing_pence is not None
    assert reading.closing_pence - sum(line.pence for line in reading.lines) in {
        opening,
        *balances,
        *(b - p for b, p in zip(balances, pence, strict=True)),
    }
    found = [line.balance_pence for line in reading.lines]
    assert order.first_break(reading.lines) is None
    assert sorted(found) == sorted(balances)
