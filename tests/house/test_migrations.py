"""Migrations are numbered in one line, can be undone, and do not use today's models."""

import ast
import re

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
