"""An entry of the trail in words: its facts as they were written, or a sentence for its kind."""

import string
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from booking.domain import english, money, terms
from booking.foundation.audit.details import ActWords, Named

#: Who acts without an account, as others read it.
OTHERS = {
    "parent": "A parent",
    "worker": "Fairplace itself",
    "command": "The site’s keeper",
    "visitor": "Somebody who was not signed in",
}
SOMEBODY = "Somebody"
#: The kind of every act that no feature tells.
OTHER_KIND = "Something else"


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


def of_name(name: str) -> str:
    """Return an action, or a kind of row, as words."""
    return name.replace("_", " ").replace(":", " ")


class _Missing(KeyError):
    """An entry has no such part."""


class _Writer(string.Formatter):
    """Fills in a sentence: a number's format is what it counts, as in "{wanted:place}"."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return a part in words."""
        if format_spec and isinstance(value, int):
            return english.plural(value, *format_spec.split("|"))
        return str(value)


def did(
    words: ActWords | None, action: str, facts: Mapping[str, Any], names: Mapping[str, Named]
) -> str:
    """Return what was done, without who did it: the first sentence whose parts are all there.

    An act that no feature tells is said by its own name, without its facts: nobody has judged yet
    who may read those.
    """
    if words is not None:
        parts = {**{name: part(name, value) for name, value in facts.items()}, **names}
        parts |= _further(words, facts)
        for sentence in words.told:
            try:
                return _Writer().vformat(sentence, (), _Parts(parts))
            except _Missing:
                continue
    return f"did something that is recorded as “{of_name(action)}”"


def _further(words: ActWords, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the parts that are worked out; none where an older entry lacks what they need."""
    if words.parts is None:
        return {}
    try:
        return words.parts(facts)
    except (AttributeError, KeyError, TypeError, ValueError):
        return {}


class _Parts(dict[str, Any]):
    """The parts of a sentence; a part that was not recorded, or is empty, is missing."""

    def __getitem__(self, name: str) -> Any:
        value = super().get(name)
        if value is None or value == "":
            raise _Missing(name)
        return value


def part(name: str, value: Any) -> Any:
    """Return a recorded fact as a sentence says it: dates, amounts and lists in words."""
    if isinstance(value, str) and name.endswith(("_at", "_on")):
        return _moment(value)
    if isinstance(value, int) and name.endswith("pence"):
        return money.pounds(value)
    return value


def _moment(text: str) -> str:
    """Return a day or an instant in words; nothing for what cannot be read."""
    try:
        if len(text) == len("2026-06-12"):
            return terms.day_text(date.fromisoformat(text))
        return terms.in_sentence(datetime.fromisoformat(text))
    except ValueError:
        return ""


def changes(
    facts: Mapping[str, Any],
    label: Callable[[str], str],
    value: Callable[[str, Any], str],
    moved: Collection[str] = (),
) -> str:
    """Return "moved the closing date from … to … and changed the title and the theme".

    `changed` has what fields were and became, where that was recorded; `fields` has all their
    names. Dates are moved, everything else is changed.
    """
    known = facts.get("changed") or {}
    said: dict[str, list[str]] = {"moved": [], "changed": []}
    for name in facts.get("fields", ()):
        words, verb = label(name), "moved" if name in moved else "changed"
        if name in known:
            before, after = (value(name, each) for each in known[name])
            words = _from_to(words, before, after)
        if words not in said[verb]:
            said[verb].append(words)
    return ", and ".join(f"{verb} {english.listed(each)}" for verb, each in said.items() if each)


def _from_to(words: str, before: str, after: str) -> str:
    if not before:
        return f"{words} to {after}"
    return f"{words} from {before} to {after or 'none'}"
