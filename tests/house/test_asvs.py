"""`docs/asvs.csv` goes through OWASP's ASVS 5.0.0, levels 1 and 2, and does not lie about tests.

The ids and levels are those of the standard's own file (github.com/OWASP/ASVS, folder 5.0); what a
requirement is about is said in our own words.
"""

import csv
import hashlib
import io
import re

import pytest

from tests.house import named_tests, tree

TABLE = "docs/asvs.csv"
COLUMNS = ["id", "level", "about", "applies", "how", "tests", "deviation"]
#: Of the 253 lines "id level" in the order of the standard.
OF_THE_STANDARD = "c221cc01ef8fef1236787852eaaffe3e41baaa66b99534975cf9ccc3f62e5b4a"
#: How many requirements are not met yet, and say so. It only ever goes down.
OPEN = 0
#: In how many we deviate knowingly at most.
DEVIATIONS_MAX = 3
SIGNED = re.compile(r" Signed by the maintainers, \d{1,2} [A-Z][a-z]+ 20\d\d\.$")


@pytest.fixture(scope="module")
def rows():
    return list(csv.DictReader(io.StringIO(tree.document(TABLE))))


def test_the_table_has_every_requirement_once_with_its_level(rows):
    assert list(rows[0]) == COLUMNS
    levels = [row["level"] for row in rows]
    assert (len(rows), levels.count("1"), levels.count("2")) == (253, 70, 183)
    listed = "".join(f"{row['id']} {row['level']}\n" for row in rows)
    assert hashlib.sha256(listed.encode()).hexdigest() == OF_THE_STANDARD


def test_every_requirement_is_answered(rows):
    unanswered = [row["id"] for row in rows if not row["about"] or not row["how"]]
    unknown = [row["id"] for row in rows if row["applies"] not in {"yes", "no", "open"}]
    without_tests = [row["id"] for row in rows if row["applies"] == "yes" and not row["tests"]]
    tested_for_nothing = [row["id"] for row in rows if row["applies"] == "no" and row["tests"]]

    assert (unanswered, unknown, without_tests, tested_for_nothing) == ([], [], [], [])


def test_every_test_that_is_named_exists_and_is_run(rows):
    wrong = [
        f"{row['id']}: {test}: {why}"
        for row in rows
        for test in row["tests"].split()
        if (why := named_tests.why_not(test))
    ]

    assert wrong == []


def test_what_is_open_is_counted(rows):
    assert sum(row["applies"] == "open" for row in rows) == OPEN


def test_deviations_are_few_and_signed_with_their_reason(rows):
    deviating = [row for row in rows if row["deviation"]]

    assert len(deviating) <= DEVIATIONS_MAX
    for row in deviating:
        assert row["applies"] == "yes"
        assert SIGNED.search(row["deviation"]), row["id"]
        assert len(row["deviation"]) > 100, "a reason, and what stands against it"


@pytest.mark.parametrize(
    ("node", "why"),
    [
        ("tests/house/test_nothing.py::test_nothing", "no such file"),
        ("tests/house/test_asvs.py::test_nothing", "no such test"),
        ("tests/house/test_asvs.py::rows", "no test"),
        ("tests/package/test_wheel.py", ""),
        ("tests/migrations/test_populated.py", ""),
        ("tests/trust/test_matrix.py::test_whoever_may_write_is_let_in", ""),
        ("tests/house/test_asvs.py::test_what_is_open_is_counted", ""),
    ],
)
def test_a_test_that_is_not_there_is_noticed(node, why):
    found = named_tests.why_not(node)

    assert (why in found) if why else found == ""


def test_a_test_that_nobody_runs_is_noticed():
    assert "skipped" in named_tests._left_out("tests/trust/test_x.py", {"skip"})
    assert "no part" in named_tests._left_out("tests/domain/test_x.py", {"slow"})
