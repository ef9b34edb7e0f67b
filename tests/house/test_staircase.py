"""The staircase: a feature knows only those on lower steps of `booking/features.py`."""

import ast
from pathlib import PurePath

from booking import features
from tests.house import tree

#: Wings that are made of features; of the foundation some parts are, and the contract of
#: import-linter has all of it. `upkeep` and `cli` are features themselves.
WINGS = ("people", "days", "money", "network", "on_the_day", "rights")
STEP_OF = {name: number for number, step in enumerate(features.STEPS) for name in step}


def feature_of(dotted):
    """Return the feature that a module belongs to, or an empty text."""
    parts = dotted.removeprefix("booking.").split(".")
    return next((name for name in (parts[0], ".".join(parts[:2])) if name in STEP_OF), "")


def imported(source):
    """Return the features that a file imports anything of."""
    names = set(tree.imported(source.tree))
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {feature_of(name) for name in names if name.startswith("booking.")} - {""}


def is_known_by(feature, other):
    return feature == other or STEP_OF[other] < STEP_OF[feature]


def test_a_feature_imports_from_lower_steps_only():
    upwards = [
        f"{source.path} imports {other}"
        for source in tree.under("booking/")
        if (feature := feature_of(".".join(PurePath(source.path).with_suffix("").parts)))
        for other in sorted(imported(source))
        if not is_known_by(feature, other)
    ]

    assert upwards == []


def test_the_rule_sees_steps():
    assert is_known_by("money.bids", "money.fund")
    assert not is_known_by("money.fund", "money.bids")
    assert not is_known_by("money.bids", "money.bank")
    assert feature_of("booking.money.bids.queries") == "money.bids"
    assert feature_of("booking.upkeep.doctor") == "upkeep"
    assert feature_of("booking.foundation.db") == ""


def test_every_feature_has_its_step():
    folders = {
        f"{wing}.{PurePath(source.path).parts[2]}"
        for wing in WINGS
        for source in tree.under(f"booking/{wing}/")
        if len(PurePath(source.path).parts) > 3
    }

    assert folders <= STEP_OF.keys()
    assert len(STEP_OF) == len(features.FEATURES)


def test_wings_follow_one_another():
    wings = [name.split(".")[0] for name in features.FEATURES]
    order = ("foundation", *WINGS, "upkeep", "proofs", "cli")

    assert wings == sorted(wings, key=order.index)
