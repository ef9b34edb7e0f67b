"""The network's own texts: which there are, what may be in one, and how facts are filled in.

A text is written in lines, with a few marks of Markdown. A fact stands in braces: `{network}`. A
line with a fact that nobody has given yet is left out, so that no page ever shows a hole. A word in
braces on a line of its own may also stand for a table that the program draws: `{kept}`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from booking.domain.problems import Problem

TEXT_MAX = 30_000
#: The longest account of what was changed.
SAID_MAX = 200


class TextKey(StrEnum):
    """The texts; each word is part of an address."""

    WELCOME = "welcome"
    ABOUT = "about"
    JOINING = "joining"
    CONTACT = "contact"
    PRIVACY = "privacy"
    CHILDREN = "children"
    ACCESSIBILITY = "accessibility"


#: Those of which everybody may read every version.
NOTICES = frozenset({TextKey.PRIVACY, TextKey.CHILDREN, TextKey.ACCESSIBILITY})
#: What each fact is, as the lead's list of them says it.
FACTS = {
    "network": "the network’s name",
    "controller": "who is responsible for the network’s data",
    "contact": "the e-mail address for people to write to",
    "telephone": "the telephone number",
    "address": "the postal address",
    "officer": "who answers questions about data protection",
    "ico_number": "the registration number at the Information Commissioner’s Office",
    "hosting": "who runs the computers that the site is on",
    "mailing": "who delivers the network’s e-mail",
    "cards": "the company that takes payments on this site, if one does",
    "since": "the day on which this version was saved",
}
#: What a line says that a notice must not lack, as a task for the lead has it.
NEEDED = {
    "controller": "who the controller is",
    "hosting": "who runs the computers that the site is on",
    "mailing": "who delivers the network’s e-mail",
}
#: What the program draws, and how the lead's list says it.
TABLES = {"kept": "what is kept, who reads it and when it is deleted"}
#: The tables that a text may not do without.
_TABLES_OF = {TextKey.PRIVACY: ("kept",)}
_BLANK = re.compile(r"\{([^{}\n]*)\}")
_TABLE_LINE = re.compile(r"^\s*\{(" + "|".join(TABLES) + r")\}\s*$")
#: What would be a mark of Markdown in the middle of a fact.
_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!<>~|])")


@dataclass(frozen=True)
class TextPart:
    """A piece of a text: Markdown with its facts filled in, or the name of a table."""

    text: str = ""
    table: str = ""


def problems(*, key: TextKey, text: str, said: str) -> Iterator[Problem]:
    """Yield why a text cannot be saved as it is, field by field."""
    if not text.strip() and key is not TextKey.WELCOME:
        yield Problem("text", "Write the text. To have the earlier one, take back a version.")
    if len(text) > TEXT_MAX:
        yield Problem("text", f"Shorten this to {TEXT_MAX:,} characters.")
    unknown = [name for name in named_in(text) if name not in FACTS and name not in TABLES]
    if unknown:
        found = ", ".join(f"{{{name}}}" for name in unknown)
        yield Problem("text", f"There is no such fact: {found}. The list beside the text has all.")
    drawn = {part.table for part in parts(text, {})}
    for table in _TABLES_OF.get(key, ()):
        if table not in drawn:
            yield Problem(
                "text",
                f"Keep {{{table}}} on a line of its own: there the page says {TABLES[table]}.",
            )
    if not said.strip():
        yield Problem("said", "Say in a few words what you changed. It is kept with the version.")
    if len(said) > SAID_MAX:
        yield Problem("said", f"Shorten this to {SAID_MAX} characters.")


def named_in(text: str) -> tuple[str, ...]:
    """Return the words that stand in braces, each once, in their order."""
    return tuple(dict.fromkeys(_BLANK.findall(text)))


def missing(text: str, values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the facts that a text needs and nobody has given."""
    return tuple(name for name in named_in(text) if name in NEEDED and not values.get(name))


def parts(text: str, values: Mapping[str, str]) -> Sequence[TextPart]:
    """Return a text's pieces, with the facts filled in and without lines that lack one."""
    found: list[TextPart] = []
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if table := _TABLE_LINE.match(line):
            found.extend((TextPart("\n".join(lines)), TextPart(table=table[1])))
            lines = []
        elif all(values.get(name, "").strip() for name in _BLANK.findall(line)):
            lines.append(_BLANK.sub(lambda match: _plain(values[match[1]]), line))
    found.append(TextPart("\n".join(lines)))
    return [part for part in found if part.table or part.text.strip()]


def _plain(value: str) -> str:
    """Return a fact as Markdown that shows exactly it, and marks nothing."""
    return _MARKS.sub(r"\\\1", " ".join(value.split()))
