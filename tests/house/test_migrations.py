"""Migrations are numbered in one line, can be undone, use no models, and stay as released."""

import ast
import re

import pytest

from booking import __version__
from tests import releases
from tests.house import tree

FOLDER = "migrations/versions/"


def migrations():
    return [s for s in tree.under(FOLDER) if not s.path.endswith("__init__.py")]


def stem(source):
    return source.path.removeprefix(FOLDER).removesuffix(".py")


def constant(source, name):
    for node in source.tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            return ast.literal_eval(node.value)
    raise AssertionError(f"{source.path} has no {name}")


def test_migrations_are_numbered_without_gaps():
    names = [stem(source) for source in migrations()]

    assert [name[:5] for name in names] == [f"{n:04}_" for n in range(1, len(names) + 1)]
    assert [name for name in names if not re.fullmatch(r"\d{4}_[a-z0-9_]+", name)] == []


def test_each_migration_follows_the_one_before():
    names = [stem(source) for source in migrations()]

    assert [constant(source, "revision") for source in migrations()] == names
    assert [constant(s, "down_revision") for s in migrations()] == [None, *names][: len(names)]


def test_head_names_the_last_migration():
    # Two branches that each add a migration then meet in a merge conflict, not in production.
    head = tree.document("migrations/HEAD").strip()

    assert head == (stem(migrations()[-1]) if migrations() else "")


def test_no_migration_imports_our_models():
    leaning = [
        source.path
        for source in migrations()
        if any(module.startswith("booking") for module in tree.imported(source.tree))
    ]

    assert leaning == []


def test_each_migration_leads_back():
    one_way = [
        source.path
        for source in migrations()
        if not any(f.name == "downgrade" and does_something(f) for f in tree.functions(source.tree))
    ]

    assert one_way == []


def does_something(function):
    """Return whether a function's body is more than `pass` and a docstring."""
    return any(
        not isinstance(node, ast.Pass)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        for node in function.body
    )


def test_no_migration_contradicts_what_was_released():
    assert releases.complaints(__version__, tree.document("CHANGELOG.md")) == []


@pytest.fixture
def folder(tmp_path):
    """Provide two migrations that 1.0.0 has released."""
    (tmp_path / "versions").mkdir()
    for name in ("0001_schools.py", "0002_events.py"):
        (tmp_path / "versions" / name).write_text(f"revision = '{name}'\n")
    releases.freeze("1.0.0", tmp_path)
    return tmp_path


def complaints(folder, version="1.1.0.dev0", changelog="## 1.0.0 (30 November 2026)"):
    return releases.complaints(version, changelog, folder)


def test_a_migration_may_change_until_it_is_released(folder):
    new = folder / "versions" / "0003_places.py"
    new.write_text("revision = 'a stub'\n")
    assert complaints(folder) == []
    new.write_text("revision = 'filled in'\n")
    assert complaints(folder) == []

    releases.freeze("1.1.0", folder)
    new.write_text("revision = 'once more'\n")

    [complaint] = complaints(folder)
    assert complaint.startswith("0003_places.py has changed since 1.1.0 was released with it.")
    assert "git checkout v1.1.0 -- migrations/versions/0003_places.py" in complaint


def test_a_released_migration_stays_where_it_is(folder):
    (folder / "versions" / "0001_schools.py").rename(folder / "versions" / "0001_pupils.py")

    gone, before = complaints(folder)

    assert gone.startswith("0001_schools.py is gone, but 1.0.0 was released with it.")
    assert before.startswith("0001_pupils.py is new, but comes before the last one of 1.0.0")


def test_a_release_lists_all_its_migrations(folder):
    assert complaints(folder, "1.0.0") == []
    assert complaints(folder, "1.1.0") == [
        "The migrations of 1.1.0 are not frozen: run `make freeze` and commit its list."
    ]
    (folder / "versions" / "0003_places.py").write_text("revision = 'late'\n")

    [complaint] = complaints(folder, "1.0.0")

    assert complaint.startswith("0003_places.py is not in the list of 1.0.0.")
