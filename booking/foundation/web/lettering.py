"""Which letters a PDF can be set in, and what is printed in place of the others.

Typst brings Latin, Greek and Cyrillic; the extra `fonts` adds Chinese, Japanese, Korean and two
dozen more scripts. A letter that no font has would be printed as a box, so its word is written in
Latin letters and marked, the foot of the paper says so, and so does the page that offers it.
"""

import importlib.util
import itertools
import json
import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import anyascii
import typst

from booking.domain import english
from booking.foundation import folders

TEMPLATES = folders.TEMPLATES / "print"
#: The packages of the extra `fonts`: each is a folder of Noto fonts.
EXTRA = ("manimgx_fonts", "manimgx_fonts_cjk")
#: Set by the fonts that Typst brings, so nobody needs to ask: Latin with its accents, and signs.
_FAMILIAR = re.compile(r"[\t\n\r -~\xa0-\u024f\u1e00-\u1eff‐-―‘-„†•…‹›€−→≤≥✓½⅓]*")
#: Typst refuses to set a box in a PDF that is meant to be kept, and names the letter.
KEPT: Final = "a-2u"
_REFUSED = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
MARK = "*"
#: How many words a process remembers the answer for, so that opening a page again asks nothing.
REMEMBERED_MAX = 10_000
_remembered: OrderedDict[str, bool] = OrderedDict()


@dataclass(frozen=True)
class Printed:
    """What a PDF is made of, and the texts that it has in Latin letters only, as they were."""

    facts: dict[str, Any]
    in_latin: tuple[str, ...]

    @property
    def note(self) -> str:
        """What the foot of the paper says about them; "" where there are none."""
        if not self.in_latin:
            return ""
        count = len(self.in_latin)
        texts = english.plural(count, "name or note is", "names or notes are")
        return f"{MARK} {texts} printed in Latin letters only: see the screen."


def printed(facts: Mapping[str, Any]) -> Printed:
    """Return the facts with every text as it can be printed."""
    texts = in_latin(facts)
    latin = {text: _latin(text) for text in texts}
    return Printed(_mapped(facts, latin), texts)


def in_latin(facts: Any) -> tuple[str, ...]:
    """Return the texts that a PDF of these facts would have in Latin letters only."""
    words = {text: _unfamiliar(text) for text in _texts(facts)}
    unset = _unset(itertools.chain.from_iterable(words.values()))
    return tuple(text for text, found in words.items() if not unset.isdisjoint(found))


def _latin(text: str) -> str:
    """Return a text with its words that cannot be set in Latin letters, and marked."""
    unset = _unset(_unfamiliar(text))
    words = (
        anyascii.anyascii(word) if word in unset else word for word in re.split(r"(\s+)", text)
    )
    return "".join(c for word in words for c in word if c.isprintable() or c.isspace()) + MARK


def _unfamiliar(text: str) -> list[str]:
    return [] if _FAMILIAR.fullmatch(text) else [w for w in text.split() if not _is_familiar(w)]


def _is_familiar(word: str) -> bool:
    return _FAMILIAR.fullmatch(word) is not None


def _unset(words: Iterable[str]) -> set[str]:
    """Return those of the words that have a letter which no font has."""
    asked = {word: _remembered.get(word, False) for word in words}
    new = [word for word in asked if word not in _remembered]
    if new:
        refused = _refused(new)
        asked |= {word: any(part in word for part in refused) for word in new}
        _remembered.update({word: asked[word] for word in new})
        while len(_remembered) > REMEMBERED_MAX:
            _remembered.popitem(last=False)
    return {word for word, is_refused in asked.items() if is_refused}


def _refused(words: list[str]) -> list[str]:
    """Let Typst set words, and return the letters that it refuses."""
    try:
        typst.compile(
            str(TEMPLATES / "_letters.typ"),
            root=str(TEMPLATES),
            font_paths=fonts(),
            sys_inputs={"_letters": json.dumps(words)},
            pdf_standards=KEPT,
        )
    except typst.TypstError as error:
        found = [_unescaped(part) for part in _REFUSED.findall(error.diagnostic)]
        if not found:
            raise
        return found
    return []


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], text)


def _texts(facts: Any) -> Iterator[str]:
    if isinstance(facts, str):
        yield facts
    elif isinstance(facts, Mapping):
        for value in facts.values():
            yield from _texts(value)
    elif isinstance(facts, list | tuple):
        for value in facts:
            yield from _texts(value)


def _mapped(facts: Any, changed: Mapping[str, str]) -> Any:
    """Return facts of the same shape, with some of the texts changed."""
    if isinstance(facts, str):
        return changed.get(facts, facts)
    if isinstance(facts, Mapping):
        return {key: _mapped(value, changed) for key, value in facts.items()}
    if isinstance(facts, list | tuple):
        return [_mapped(value, changed) for value in facts]
    return facts


@cache
def fonts() -> typst.Fonts:
    """Load the fonts that come with Typst and the extra's, once: none of the machine's own, so that
    PDFs look the same everywhere."""
    found = [importlib.util.find_spec(name) for name in EXTRA]
    folders = [str(Path(spec.origin).parent) for spec in found if spec and spec.origin]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)
