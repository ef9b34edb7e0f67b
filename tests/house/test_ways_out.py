"""`docs/CONTROLS.md` lists every place in the code that writes money leaving into the ledger."""

import ast
import inspect
import re

from booking.domain import ledger
from tests.domain.test_ways_in import DRAWN_UP
from tests.house import named_tests, tree

CONTROLS, MONEY = "docs/CONTROLS.md", "booking/money/"
ROW = re.compile(r"^\| [^|]+ \| `([\w.]+:\w+)` \| [^|]+ \| `(tests/[^`]+)` \|$", re.MULTILINE)
#: What brings money in, bills it, or moves what stays ours: each is tried with amounts.
STAYS = set(DRAWN_UP)


def drafting():
    """Return the names of the functions of the domain that draw up an entry, but `check`."""
    made = {
        name
        for name, found in vars(ledger).items()
        if inspect.isfunction(found) and inspect.signature(found).return_annotation is ledger.Draft
    }
    return made - {"check"}


def written():
    """Return where an entry that takes money away is drawn up, as the table writes it."""
    found = set()
    for source in tree.under(MONEY):
        where = source.path.removeprefix(MONEY).removesuffix(".py").replace("/", ".")
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "ledger":
                found |= {f"{where}:{node.attr}"} if node.attr in drafting() - STAYS else set()
    return found


def test_every_way_out_has_a_row_with_a_test_that_is_run():
    rows = dict(ROW.findall(tree.document(CONTROLS)))

    assert set(rows) == written()
    assert [f"{test}: {why}" for test in rows.values() if (why := named_tests.why_not(test))] == []


def test_every_entry_that_can_be_drawn_up_leaves_or_stays():
    assert drafting() > STAYS
    assert len(drafting() - STAYS) >= 10
