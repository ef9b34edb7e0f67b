"""Whatever a bank's dialect, the same lines are read; a spoilt one costs itself alone."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.foundation.tables.refusals import NotReadable
from booking.money.bank.imports import order, statement

START = date(2026, 9, 1)


@dataclass(frozen=True)
class Written:
    """A line as a bank keeps it."""

    on: date
    words: str
    pence: int
    balance_pence: int


def pounds(pence):
    return f"{'-' if pence < 0 else ''}{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def quoted(*row):
    return ",".join('"' + text.replace('"', '""') + '"' for text in row)


def signed(line):
    return quoted(f"{line.on:%d/%m/%Y}", line.words, pounds(line.pence), pounds(line.balance_pence))


def in_and_out(line):
    out, into = (pounds(-line.pence), "-") if line.pence < 0 else ("-", pounds(line.pence))
    return quoted(f"{line.on:%-d %B %Y}", line.words, out, into, pounds(line.balance_pence))


def by_word(line):
    word = "DR" if line.pence < 0 else "CR"
    return quoted(f"{line.on:%d-%b-%y}", line.words, word, pounds(abs(line.pence)))


def with_status(line):
    return quoted(f"{line.on:%Y-%m-%d}", line.words, pounds(line.pence), "Settled")


def spoken(line):
    return (
        f"Date: {line.on:%d/%m/%Y}\nDescription: {line.words}\nAmount: {pounds(line.pence)}\n"
        f"Balance: {pounds(line.balance_pence)}\n"
    )


def ofx(line):
    words = line.words.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f"<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{line.on:%Y%m%d}<TRNAMT>{line.pence / 100:.2f}"
        f"<NAME>{words}</STMTTRN>"
    )


def page(line):
    words = line.words.replace("&", "&amp;").replace("<", "&lt;")
    day = f"{line.on:%d/%m/%Y}"
    cells = (day, words, pounds(line.pence), pounds(line.balance_pence))
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


BALANCES = "Date,Description,Amount,Balance\n"
#: What stands before the lines, how a line is written, what stands after; and whether the words
#: are kept letter by letter.
DIALECTS = {
    "signed": (BALANCES, signed, "\n"),
    "in and out": ("Date,Description,Paid out,Paid in,Balance\n", in_and_out, "\n"),
    "by word": ("Date,Description,Debit/Credit,Amount\n", by_word, "\n"),
    "status": ("Date,Description,Amount,Status\n", with_status, "\n"),
    "no header": ("", signed, "\n"),
    "spoken": ("From: 01/09/2026\n\n", spoken, "\n"),
    "ofx": ("<OFX><BANKTRANLIST>", ofx, "</BANKTRANLIST></OFX>"),
    "page": ("<table><tr><th>Date<th>Description<th>Amount<th>Balance</tr>", page, "</table>"),
}
WORDS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ abc&'.-/", min_size=1, max_size=20).map(
    lambda text: " ".join(f"REF {text}".split())
)
MOVES = st.lists(
    st.tuples(st.integers(0, 9), WORDS, st.integers(-99_999, 99_999).filter(bool)),
    min_size=2,
    max_size=9,
)


def booked(moves, opening=1_000):
    """Return lines in the bank's order."""
    moves = sorted(moves, key=lambda move: move[0])
    held = list(accumulate((pence for _, _, pence in moves), initial=opening))[1:]
    return [
        Written(START + timedelta(days=day), words, pence, balance)
        for (day, words, pence), balance in zip(moves, held, strict=True)
    ]


def file_of(dialect, lines, *, newest_first=False):
    before, write, after = DIALECTS[dialect]
    rows = [write(line) for line in (lines[::-1] if newest_first else lines)]
    return (before + "\n".join(rows) + after).encode()


def facts(lines):
    return sorted((line.on, line.pence) for line in lines)


@pytest.mark.parametrize("dialect", DIALECTS)
@given(MOVES, st.booleans())
@settings(max_examples=25, deadline=None)
def test_a_file_reads_back_to_the_same_lines_to_the_penny(dialect, moves, newest_first):
    lines = booked(moves)

    reading = statement.read(file_of(dialect, lines, newest_first=newest_first))

    assert reading.question == ""
    assert (facts(reading.lines), reading.unread) == (facts(lines), [])
    assert sorted(line.description for line in reading.lines) == sorted(
        line.words for line in lines
    )
    assert reading.broken is None
    assert [line.on for line in reading.lines] == sorted(line.on for line in lines)


SPOILT = st.sampled_from(
    [
        '"',
        "",
        ",,,,,,,,",
        "01/13/2026,X,1.00,1.00",
        "\x00",
        '"unclosed, 1.00',
        "soon,X,lots,",
        ";;;",
    ]
)


@pytest.mark.parametrize("dialect", ["signed", "in and out", "by word", "status"])
@given(MOVES, st.integers(0, 99), SPOILT)
@settings(max_examples=25, deadline=None)
def test_a_spoilt_line_never_costs_another(dialect, moves, place, spoilt):
    lines = booked(moves)
    victim = place % len(lines)
    rows = file_of(dialect, lines).decode().split("\n")
    rows[1 + victim] = spoilt

    reading = statement.read("\n".join(rows).encode())

    others = [line for number, line in enumerate(lines) if number != victim]
    assert facts(reading.lines) == facts(others)
    assert {line.row for line in reading.lines} == {
        number + 2 for number in range(len(lines)) if number != victim
    }


@given(MOVES, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_however_a_bank_lists_a_day_the_order_of_its_balances_is_found(moves, chance):
    lines = booked(moves)
    listed = []
    for _, day in groupby(lines, key=lambda line: line.on):
        same_day = list(day)
        chance.shuffle(same_day)
        listed += same_day

    reading = statement.read(file_of("signed", listed))

    assert reading.broken is None
    assert order.first_break(reading.lines) is None
    assert facts(reading.lines) == facts(lines)
    sums = [sum(line.pence for line in day) for _, day in groupby(lines, key=lambda line: line.on)]
    if any(sums):  # else every day ends as it began, and nothing tells where it began
        assert reading.lines[-1].balance_pence == lines[-1].balance_pence


CELLS = st.sampled_from(
    ["", "Date", "Amount", "01/09/2026", "soon", "12.00", "-", "CR", "Pending", "A B", "<OFX>", '"']
)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=6), st.sampled_from(",;\t"))
@settings(max_examples=150, deadline=None)
def test_whatever_is_in_a_file_it_is_read_asked_about_or_refused_in_words(rows, separator):
    content = "\n".join(separator.join(row) for row in rows).encode()
    try:
        reading = statement.read(content)
    except NotReadable:
        return
    assert reading.question or reading.lines or reading.left_out


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_whatever_bytes_follow_a_beginning_that_is_known_nothing_breaks(raw):
    for start in (b"<OFX><STMTTRN><TRNAMT>", b"<html><table><tr><td>", b"Date: ", b"Date,Amount\n"):
        with suppress(NotReadable):
            statement.read(start + raw)
