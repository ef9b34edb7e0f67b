"""Every class has a name of its own, so that one name never means two things."""

import ast
from collections import defaultdict

from tests.house import tree

#: Names that two classes may share, each with the reason why nobody can confuse them.
SHARED: dict[str, str] = {}


def classes():
    """Return where each class of the product is defined, by name; private ones are left out."""
    found = defaultdict(list)
    for source in tree.under("booking/"):
        for node in source.tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(f"{source.path}:{node.lineno}")
    return found


def test_no_two_classes_have_one_name():
    shared = {name: places for name, places in classes().items() if len(places) > 1}

    assert {name: places for name, places in shared.items() if name not in SHARED} == {}


def test_names_that_may_be_shared_are_shared_for_a_reason():
    assert [name for name, reason in SHARED.items() if len(classes()[name]) < 2 or not reason] == []
