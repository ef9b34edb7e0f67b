"""Addresses are written once: as routes, and in the table for mails, which agrees with them."""

import ast
import re

import pytest

from booking.foundation.web import addresses
from booking.foundation.web.addresses import Address
from tests.house import tree

TABLE = {name: value for name, value in vars(addresses).items() if isinstance(value, Address)}
IN_TEMPLATE = r"""["']/[a-z#]|\b(?:href|src|action)=["']/"""
#: Paths in code that are not addresses of our pages.
NO_ADDRESS = {
    "booking/days/events/ical/writing.py": "the name from which a calendar's UID is made for ever",
    "booking/people/openid/fetching.py": "where every provider describes itself",
    "booking/people/openid/providers.py": "the paths of a provider's own name",
}


def test_each_address_opens_the_page_that_it_names(app):
    urls = app.url_map.bind("fairplace.example")
    parts = {name: {part: f"a-{part}" for part in found.parts} for name, found in TABLE.items()}
    opened = {name: urls.match(found(**parts[name])) for name, found in TABLE.items()}

    assert opened == {name: (found.endpoint, parts[name]) for name, found in TABLE.items()}
    assert len(TABLE) > 30  # they are found where they are searched for


def test_an_address_needs_exactly_its_parts():
    assert addresses.PARENT_REFUND(token="a b/c") == "/parent/a%20b%2Fc/refund"
    for wrong in ({}, {"slug": "x"}, {"token": "x", "slug": "y"}):
        with pytest.raises(AssertionError):
            addresses.PARENT_REFUND(**wrong)


def test_no_template_writes_a_path_by_hand():
    by_hand = [
        f"{path}:{number}: {line}"
        for path, text in tree.templates(".html", ".txt").items()
        for number, line in tree.lines_matching(text, IN_TEMPLATE)
    ]

    assert by_hand == []


def test_no_code_writes_a_path_by_hand():
    by_hand = [
        f"{source.path}:{node.lineno}: {ast.unparse(node)}"
        for source in tree.under("booking/")
        if source.path not in {"booking/foundation/web/addresses.py", *NO_ADDRESS}
        for node in paths_in(source.tree)
    ]

    assert by_hand == []


def test_what_is_written_by_hand_is_found():
    code = """
@pages.get("/a/<slug>")
def page(slug):
    go(f"/b/{slug}"), go("/c/"), go(f"{site}/d"), go(f"{a}/{b}"), go("a/b"), go("/")
pages = Blueprint("pages", __name__, url_prefix="/e")
"""
    found = [ast.unparse(node) for node in paths_in(ast.parse(code))]

    assert found == ["f'/b/{slug}'", "'/c/'", "f'{site}/d'"]


def paths_in(module):
    """Return the texts in a module that are paths, but for those that define routes."""
    routes = {id(inner) for node in defining(module) for inner in ast.walk(node)}
    texts = [node for node in ast.walk(module) if id(node) not in routes]
    joined = [node for node in texts if isinstance(node, ast.JoinedStr)]
    inside = {id(inner) for node in joined for inner in ast.walk(node)}
    plain = [
        node
        for node in texts
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in inside
        and re.match(r"/[a-z]", node.value)
    ]
    found = [node for node in joined if re.search(r"^f['\"]/[a-z]|\}/[a-z]", ast.unparse(node))]
    return sorted([*plain, *found], key=lambda node: (node.lineno, node.col_offset))


def defining(module):
    """Yield the decorators and blueprints of a module: they say where a route is."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef):
            yield from node.decorator_list
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Blueprint":
            yield node
