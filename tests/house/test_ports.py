"""Ports are provided only in wiring, in an order that does not depend on the list of features."""

import ast
import random
import re
import sys
from contextlib import ExitStack, contextmanager

import pytest

from booking import create_app, features
from booking.days.events import announcements as event_announcements
from booking.foundation import ports
from tests.house import tree

PROVIDING = {"provide", "subscribe"}


def every_port():
    """Return all ports of the product by name; each is declared once."""
    create_app({"APP_ENV": "testing", "DATABASE_URL": "sqlite://"})
    modules = [module for name, module in sys.modules.items() if name.startswith("booking.")]
    found = {
        id(each): each for module in modules for each in vars(module).values() if is_port(each)
    }
    assert len({port.name for port in found.values()}) == len(found)
    return {port.name: port for port in found.values()}


def is_port(each):
    return isinstance(each, ports.Port | ports.Socket | ports.Announcement)


@contextmanager
def provided_by(names):
    """Let only these features provide, set up in this order."""
    with ExitStack() as emptied, pytest.MonkeyPatch.context() as patch:
        found = every_port()
        for port in found.values():
            emptied.enter_context(port.instead())
        patch.setattr(features, "FEATURES", tuple(names))
        create_app({"APP_ENV": "testing", "DATABASE_URL": "sqlite://"})
        yield {name: port.providers for name, port in found.items()}


def test_only_wiring_provides():
    elsewhere = [
        f"{source.path}:{node.lineno}"
        for source in tree.under("booking/")
        if not source.path.endswith("/wiring.py")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in PROVIDING
    ]

    assert elsewhere == []


def test_nothing_is_collected_in_another_way():
    collected = re.compile(
        r"^_?[a-z]\w*(?:: (?:list|dict|set)\[.*\])? = (?:\[\]|\{\}|set\(\))$", re.MULTILINE
    )

    assert [source.path for source in tree.under("booking/") if collected.search(source.text)] == []


def test_the_table_of_ports_names_each_of_them():
    text = tree.document("docs/ARCHITECTURE.md").split("| File | Kind |", 1)[1].split("\n\n", 1)[0]
    told = {
        (file, kind, name)
        for file, kind, names in re.findall(r"^\| `(\S+)` \| (\w+) \| (.*) \|$", text, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", names)
    }

    assert told == {
        ("/".join(name.split(".")[-3:-1]), type(port).__name__, name.split(".")[-1])
        for name, port in every_port().items()
    }


#: Announced before anybody listens: goes as soon as somebody does.
AWAITED = {"after_the_day", "went_out", "given_up"}


def test_no_port_stands_empty():
    empty = [name for name, port in every_port().items() if not port.providers]
    assert [name for name in empty if name.split(".")[-1] not in AWAITED] == []


def test_the_order_of_features_decides_nothing():
    with provided_by(features.FEATURES) as standing:
        pass
    dice = random.Random(2027)
    for names in (
        features.FEATURES[::-1],
        *(dice.sample(features.FEATURES, len(features.FEATURES)) for _ in "ab"),
    ):
        with provided_by(names) as shuffled:
            assert shuffled == standing


def test_bookings_end_before_the_money_that_is_left_goes_back():
    with provided_by(features.FEATURES[::-1]):
        heard = [subscriber.__name__ for subscriber in event_announcements.cancelled.providers]

    assert heard == [
        *("tell_of_cancellation", "free_cancelled", "end_all", "forget_schools"),
        *("drop_event", "return_money_of_event", "call_off"),
    ]


def test_setting_up_again_changes_nothing():
    before = {name: port.providers for name, port in every_port().items()}

    assert {name: port.providers for name, port in every_port().items()} == before
