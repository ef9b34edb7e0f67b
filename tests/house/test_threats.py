"""`docs/THREATS.md` names tests that exist and are run, for every threat and every category."""

import re

import pytest

from tests.house import named_tests, tree

THREATS = "docs/THREATS.md"
#: OWASP's Top 10 of 2025 by number.
CATEGORIES = {f"A{number:02}" for number in range(1, 11)}
TEST = re.compile(r"`(tests/[^`]+)`")


def rows(heading):
    """Return the rows of the table under a heading, without its head."""
    [text] = re.findall(rf"^## {heading}\n(.*?)(?=^## |\Z)", tree.document(THREATS), re.M | re.S)
    return [line for line in text.splitlines() if line.startswith("| ")][2:]


@pytest.mark.parametrize(
    ("heading", "least"),
    [("People, and our world", 10), (r"OWASP’s Top 10 \(2025\)", 10), ("Figures", 10)],
)
def test_every_row_names_tests_that_exist_and_are_run(heading, least):
    found = rows(heading)
    named = [(row, test) for row in found for test in TEST.findall(row)]

    assert len(found) >= least
    assert [row for row in found if not TEST.search(row)] == []
    assert [f"{test}: {why}" for _row, test in named if (why := named_tests.why_not(test))] == []


def test_every_category_of_the_top_10_has_a_row():
    assert {row[2:5] for row in rows(r"OWASP’s Top 10 \(2025\)")} == CATEGORIES
