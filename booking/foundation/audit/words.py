"""An entry of the trail in words: its facts are kept as fields and values."""

from collections.abc import Iterator, Mapping
from typing import Any

from booking.domain import money


def told(facts: Mapping[str, Any], reason: str = "") -> str:
    """Return the facts and the reason in words, leaving out what a change left empty."""
    return "; ".join([*_facts(facts), *([reason] if reason else [])]) or "–"


def _facts(facts: Mapping[str, Any]) -> Iterator[str]:
    if "after" in facts:
        before, after = _value("", facts.get("before")), _value("", facts["after"])
        yield f"{before} → {after}" if before else after
    for name, value in facts.items():
        if name in {"before", "after"} and "after" in facts:
            continue
        if words := _value(name, value):
            label = name.removesuffix("_pence").removesuffix("_id").replace("_", " ")
            yield f"{label}: {words}"


def _value(name: str, value: Any) -> str:
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and name.endswith("_pence"):
        return money.pounds(value)
    if isinstance(value, list):
        return ", ".join(_value("", item) for item in value)
    if isinstance(value, Mapping):
        return ", ".join(_facts(value))
    return str(value)
