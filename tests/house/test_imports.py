"""A module has the same name wherever it is imported, so that names can be trusted.

Inside its feature a module has its own name. Elsewhere, a feature's service has the feature's name
(`places.confirm`), and a file that every feature may have is named with its feature
(`place_queries`, `event_words`). If a name is taken in a file, its feature is added.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import PurePath

from tests.house import tree

WINGS = {"foundation", "people", "days", "money", "network", "on_the_day", "rights"}
#: Names that files of many features have; on their own they would not say whose.
SHARED = {
    "announcements",
    "charts",
    "commands",
    "demonstration",
    "details",
    "doors",
    "files",
    "forms",
    "history",
    "jobs",
    "locks",
    "mail",
    "models",
    "pages",
    "panels",
    "ports",
    "printing",
    "queries",
    "refusals",
    "retention",
    "routes",
    "soundness",
    "states",
    "tasks",
    "words",
    "year_end",
}
#: Adapters are called after what they adapt.
ADAPTERS = {"demo_processor": "demo", "stripe_adapter": "stripe"}


@cache
def modules() -> frozenset[str]:
    """Return the dotted name of every module and package of the product."""
    names = {source.path.removesuffix(".py").replace("/", ".") for source in tree.under("booking/")}
    return frozenset(name.removesuffix(".__init__") for name in names)


@cache
def feature_of(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the feature (or pure part) that a path or module belongs to, or an empty text."""
    if parts[:2] == ("tests", "features"):
        parts = ("booking", *parts[2:])
    elif parts[:2] == ("tests", "domain"):
        parts = ("booking", *parts[1:])
    if parts[0] != "booking" or len(parts) < 3:
        return ()
    if parts[1] in WINGS:
        return parts[:3]
    return parts[: 3 if parts[1] == "domain" and len(parts) > 3 else 2]


def of_one(feature: str) -> str:
    """Return a feature's name as it stands before another noun: place_queries."""
    return feature if feature == "access" else feature.removesuffix("s")


@cache
def names_allowed(module: str, path: str) -> set[str]:
    """Return what a file may call a module."""
    parts = tuple(module.split("."))
    name, home = parts[-1], feature_of(parts)
    inside = bool(home) and feature_of(PurePath(path).with_suffix("").parts) == home
    if len(parts) == 5 and parts[3] in ADAPTERS:
        return {f"{ADAPTERS[parts[3]]}_{name}"} | ({name} if parts[3] in path else set())
    if len(parts) == 2:
        return {name}
    owner = parts[2] if parts[1] in WINGS or len(parts) > 3 else parts[1]
    said_with_it = f"{of_one(owner)}_{name}"
    if parts[1] not in WINGS or inside:
        return {name, said_with_it} | ({owner} if name == "service" else set())
    if name == "service":
        return {owner, said_with_it}
    return {said_with_it} if name in SHARED and len(parts) > 3 else {name, said_with_it}


def imports(source: tree.Source) -> Iterator[tuple[str, str]]:
    """Yield each module of ours that a file imports, with the name it is given there."""
    ours = modules()
    for node in source.imports:
        for alias in node.names:
            if (module := f"{node.module}.{alias.name}") in ours:
                yield module, alias.asname or alias.name


def test_a_module_is_called_the_same_wherever_it_is_imported():
    wrong = [
        f"{source.path}: {module} as {name}: say {' or '.join(sorted(allowed))}"
        for source in tree.under("booking/", "tests/", "bench/")
        for module, name in imports(source)
        if name not in (allowed := names_allowed(module, source.path))
    ]

    assert wrong == []


def test_the_rule_tells_a_service_from_reads():
    elsewhere = "booking/money/checkout/service/funding.py"

    assert names_allowed("booking.days.places.service", elsewhere) == {"places", "place_service"}
    assert names_allowed("booking.days.places.queries", elsewhere) == {"place_queries"}
    assert "queries" in names_allowed("booking.days.places.queries", "booking/days/places/pages.py")
