"""Features have only files named in "Anatomy of a feature", on the steps in the contract."""

import re
import tomllib

from booking.features import FEATURES
from tests.house import tree

ANATOMY = "docs/ARCHITECTURE.md"
ROW = re.compile(r"^\| (\d+) \| `(?:(\w+)/)?(\w+)` \|", re.MULTILINE)
#: What features are built with, and what seeds them: their files have whatever names they need.
NO_FEATURES = {"foundation.web", "cli"}


def named() -> list[tuple[int, str, str]]:
    """Return each file of the tables: its step, the one feature that has it or "", its name."""
    text = tree.document(ANATOMY).split("## Anatomy of a feature", 1)[1].split("\n## ", 1)[0]
    return [(int(step), feature, name) for step, feature, name in ROW.findall(text)]


def files() -> dict[str, set[str]]:
    """Return the names of the files and folders of every feature, by its folder."""
    found = {}
    for feature in FEATURES:
        if feature not in NO_FEATURES:
            folder = tree.ROOT / "booking" / feature.replace(".", "/")
            paths = [*folder.glob("*.py"), *(each.parent for each in folder.glob("*/__init__.py"))]
            found[folder.relative_to(tree.ROOT).as_posix()] = {p.stem for p in paths} - {"__init__"}
    return found


def contract() -> list[set[str]]:
    """Return the names on each step of the contract "Inside a feature", top to bottom."""
    contracts = tomllib.loads(tree.document("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    [inside] = [each for each in contracts if each["name"].startswith("Inside a feature")]
    return [set(re.findall(r"\w+", step)) for step in inside["layers"]]


def test_a_feature_has_no_file_that_the_anatomy_does_not_name():
    usual = {name for _, feature, name in named() if not feature}
    special = {(feature, name) for _, feature, name in named() if feature}

    strange = [
        f"{path}/{name}: name it after its job, or add it to {ANATOMY}"
        for path, names in files().items()
        for name in sorted(names - usual)
        if (path.rpartition("/")[2], name) not in special
    ]

    assert strange == []


def test_the_anatomy_names_no_file_that_nobody_has():
    anywhere = {
        (feature, name)
        for path, names in files().items()
        for name in names
        for feature in ("", path.rpartition("/")[2])
    }

    assert [row for row in named() if row[1:] not in anywhere] == []


def test_the_contract_has_the_steps_of_the_anatomy():
    steps: dict[int, set[str]] = {}
    for step, _, name in named():
        steps.setdefault(step, set()).add(name)

    assert [steps[step] for step in sorted(steps)] == contract()


def test_the_tables_can_be_read():
    found = named()

    assert (1, "", "wiring") in found
    assert (8, "payments", "gateway") in found
