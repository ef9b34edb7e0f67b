"""Everything that people can set or run is documented where they look for it."""

import re

import click
import pytest

from booking import settings
from tests.house import tree

OPERATIONS = "docs/OPERATIONS.md"
#: Flask's own commands and its extensions'; their manuals are elsewhere.
NOT_OURS = {"db", "routes", "run", "shell"}


@pytest.fixture
def operations():
    text = tree.document(OPERATIONS)
    if not text:
        pytest.skip(f"{OPERATIONS} is not written yet")
    return text


def commands(group, path=""):
    for name, command in sorted(group.commands.items()):
        if not path and name in NOT_OURS:
            continue
        if isinstance(command, click.Group):
            yield from commands(command, f"{path}{name} ")
        else:
            yield f"{path}{name}", command


def test_every_setting_is_documented(operations):
    missing = [s.name for s in settings.SETTINGS if not re.search(rf"`{s.name}\b", operations)]

    assert missing == []


def test_every_command_is_documented(app, operations):
    missing = [name for name, _command in commands(app.cli) if name not in operations]

    assert missing == []


def test_every_command_explains_itself(app):
    assert [name for name, command in commands(app.cli) if not command.get_short_help_str()] == []


def test_every_target_of_make_explains_itself():
    makefile = tree.document("Makefile")
    targets = re.search(r"\.PHONY: ((?:.*\\\n)*.*)", makefile)[1].replace("\\", "").split()
    explained = re.findall(r"^([a-z-]+):.*## ", makefile, flags=re.MULTILINE)

    parts = {"lint-style", "lint-types", "lint-imports", "lint-house"}

    assert set(targets) - set(explained) == parts
