"""Whether a test that a document names exists, and is among what `.ci/run` runs."""

import ast
import re
from functools import cache

from tests.house import tree

#: What `make` runs, by folder and by the marks of a test: the parts of `.ci/run`. A test belongs to
#: the first part that fits; the bars stand for `or`.
PARTS = (
    ("lint", "tests/house/", ""),
    ("test-browser", "tests/(browser|journeys)/", "browser"),
    ("test-wheel", "tests/package/", "wheel"),
    ("test-sweeps", "tests/(trust|features|journeys)/", "sweep|slow"),
    ("test-properties", "tests/features/", "machine"),
    ("test-properties", "tests/domain/allocation/", ""),
    ("test-migrations", "tests/migrations/", ""),
    ("test-postgresql", "tests/(features|journeys|trust|races)/", "postgres"),
    ("test", "tests/(domain|features|journeys|trust|races)/", ""),
)
#: Folders whose tests are all marked by `tests/conftest.py`.
ALL_MARKED = {"tests/browser/": "browser", "tests/races/": "race"}
#: Marks that leave a test out of `make test`.
APART = {"browser", "sweep", "slow", "machine", "wheel", "postgres"}


@cache
def why_not(node: str) -> str:
    """Return what is wrong with a test's node id, or "" if it exists and is run."""
    path, _, name = node.partition("::")
    found = tree.parsed().get(path)
    if found is None:
        return "there is no such file"
    marks = _marks(found.body)
    names = name.split("::") if name else []
    body = found.body
    for part in names:
        kinds = ast.FunctionDef | ast.ClassDef
        inner = [each for each in body if isinstance(each, kinds) and each.name == part]
        if not inner:
            return "the file has no such test"
        body = inner[0].body
        marks |= {_mark(each) for each in inner[0].decorator_list}
    if names and not (names[-1].startswith("test_") or names[-1].startswith("Test")):
        return "this is no test"
    return _left_out(path, marks - {""})


def _left_out(path: str, marks: set[str]) -> str:
    marks |= {mark for folder, mark in ALL_MARKED.items() if path.startswith(folder)}
    if "skip" in marks:
        return "it is skipped"
    for target, folder, wanted in PARTS:
        fits = marks & set(wanted.split("|")) if wanted else not marks & APART
        if re.match(folder, path) and fits:
            assert re.search(rf"^run(?:_beside)? .*\b{target}\b", tree.document(".ci/run"), re.M)
            return ""
    return f"no part of .ci/run runs it (marks: {', '.join(sorted(marks)) or 'none'})"


def _marks(body: list[ast.stmt]) -> set[str]:
    """Return the marks that a module gives to all its tests."""
    given = [each.value for each in body if isinstance(each, ast.Assign) and _is_marking(each)]
    each = [one for value in given for one in getattr(value, "elts", [value])]
    return {_mark(one) for one in each}


def _is_marking(assigned: ast.Assign) -> bool:
    return any(isinstance(to, ast.Name) and to.id == "pytestmark" for to in assigned.targets)


def _mark(expression: ast.expr) -> str:
    found = re.match(r"pytest\.mark\.(\w+)", ast.unparse(expression))
    return found[1] if found else ""
