"""True of every table: nothing is misread or lost, and no row suffers for its neighbour."""

import contextlib
import csv
import io

from hypothesis import assume, given
from hypothesis import strategies as st

from booking.foundation.tables import reading, refusals, separated
from tests.features.foundation.tables.test_reading import PEOPLE, cells

HEADER = ("Forename", "Surname", "Year", "Note")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac-roman")
#: Letters that every one of these encodings has, and marks that separate or quote.
NAMES = st.sampled_from(
    ("Amara", "Zoë", "Müller", "Renée", "O’Brien", "Núñez", "Björk", "François", "Ng", "Al-Hadi")
)
NOTES = st.lists(
    st.sampled_from(("Oak", "a,b", "x;y", "p|q", "t\tu", "two\nlines", 'say "no"', "é", " ")),
    max_size=3,
).map(lambda parts: " ".join(parts).strip())
RECORDS = st.lists(
    st.tuples(NAMES, NAMES, st.integers(1, 13).map(str), NOTES), min_size=1, max_size=8
)
TITLES = st.lists(
    st.sampled_from(("Tindlebrook Primary School", "Report: class list", "", "Year,2026/27")),
    max_size=3,
)


def written(records, separator=",", quoting=csv.QUOTE_MINIMAL, ending="\r\n"):
    """Return each record of a well-formed file, without its line end."""
    lines = []
    for record in records:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=separator, quoting=quoting).writerow(record)
        lines.append(text.getvalue().removesuffix("\r\n"))
    return lines


@given(
    RECORDS,
    TITLES,
    st.sampled_from(ENCODINGS),
    st.sampled_from(sorted(separated.CHOICES)),
    st.sampled_from((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
    st.sampled_from(("\r\n", "\n", "\r")),
    st.permutations(range(4)),
)
def test_encoding_separator_titles_and_order_change_no_record(
    records, titles, encoding, separator, quoting, ending, columns
):
    turned = [[row[place] for place in columns] for row in (HEADER, *records)]
    lines = [*titles, *written(turned, separator, quoting)]
    content = ending.join(lines).encode(encoding)

    table = reading.read(content, PEOPLE)

    assert table.header == tuple(HEADER[place] for place in columns)
    assert [list(found) for found in cells(table)] == turned[1:]
    assert table.omitted == ()


PIECES = st.lists(
    st.sampled_from(('"', '""', ",", ";", "\t", "Ng", "5", " ", "x" * 40, "\ufffd", "é", "\0")),
    max_size=9,
).map("".join)


@given(RECORDS, PIECES, st.integers(0, 8), st.sampled_from((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)))
def test_a_spoilt_record_changes_no_other(records, spoilt, place, quoting):
    whole = written([HEADER, *records], quoting=quoting)
    place = min(place, len(records)) + 1
    lines = [*whole[:place], spoilt, *whole[place:]]

    before = reading.read("\n".join(whole).encode(), PEOPLE)
    after = reading.read("\n".join(lines).encode(), PEOPLE)

    spoilt_line = sum(line.count("\n") + 1 for line in whole[:place]) + 1
    others = [record.cells for record in after.records if record.line != spoilt_line]
    assert others == [record.cells for record in before.records]
    assert all(record.line == spoilt_line for record in after.omitted)


@given(RECORDS, st.lists(PIECES.filter(lambda text: text.strip(' ,";\t')), max_size=4))
def test_what_is_read_and_what_is_left_out_are_all_records(records, spoilt):
    # From one stray quotation mark to the next could be one cell of several lines.
    assume(sum('"' in line for line in spoilt) <= 1)
    bad = [line for one in spoilt for line in (one, "Bea,Ng,4,")]
    lines = [*written([HEADER, *records]), *bad, "Total,5"]

    table = reading.read("\n".join(lines).encode(), PEOPLE)

    assert len(table.records) + len(table.omitted) == len(records) + len(bad) + 1
    numbers = [one.line for one in (*table.records, *table.omitted)]
    assert len(numbers) == len(set(numbers))
    assert all(one.why for one in table.omitted)


@given(st.binary(max_size=300))
def test_no_bytes_whatever_break_the_reading(content):
    with contextlib.suppress(refusals.NotReadable):
        reading.read(content, PEOPLE)
    with contextlib.suppress(refusals.NotReadable):
        reading.read(b"Forename,Surname,Year\n" + content, PEOPLE)
