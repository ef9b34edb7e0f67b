"""A page read in one pass: whether it certainly keeps the promises of all pages.

Every page that any test loads is checked, and to make a tree of each took a third of the time of
the tests that load most of them. Our templates write plain markup: quoted attributes, and elements
that end where they should. Such a page is read here by one expression. If anything is wrong, or
written in another way, the outline says so, and `page.check_page` looks closely and says what.
"""

import re
from collections import Counter
from html import unescape

TAG = re.compile(
    r"<(?:(?P<end>/)?(?P<name>[a-zA-Z][a-zA-Z0-9]*)"
    r"(?P<attributes>(?:\s+[^\s\"'<>/=]+(?:=\"[^\"]*\")?)*)\s*/?>"
    r"|!--.*?-->|![dD][oO][cC][tT][yY][pP][eE][^<>]*>)",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:=\"([^\"]*)\")?")
#: What is looked into: these end in the order in which they begin, and never hold their own kind.
WATCHED = frozenset({"title", "h1", "label", "a", "button", "form", "select", "textarea", "script"})
#: What is in these is text.
TEXT_ALONE = frozenset({"title", "textarea", "script"})
FIELDS = frozenset({"input", "select", "textarea"})
#: Inputs that a person does not fill in, or that explain themselves.
UNLABELLED_INPUTS = frozenset({"hidden", "submit", "button", "reset", "image"})
#: Where sending a form again does no harm: it is on every page, and says less.
SENT_AGAIN = frozenset({"/sign-out"})
FOREIGN = re.compile(r"(?:https?:)?//", re.IGNORECASE)


class Unsure(Exception):
    """Something is wrong in this page, or not written plainly."""


def is_sound(text: str) -> bool:
    """Return whether a page certainly keeps what `page.check_page` asserts of its markup."""
    try:
        Outline(text).check()
    except Unsure:
        return False
    return True


def _sure(right: object) -> None:
    if not right:
        raise Unsure


class _Open:
    """An element that has begun and not ended, with what was found in it."""

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name, self.attributes = name, attributes
        self.said: list[str] = []
        self.fields: dict[str, str] = {}

    @property
    def words(self) -> str:
        """What a reader sees of it."""
        return " ".join(unescape(" ".join(self.said)).split())


class Outline:
    """What one pass over a page finds."""

    def __init__(self, text: str) -> None:
        self.open: list[_Open] = []
        self.titles: list[str] = []
        self.headings: list[str] = []
        self.language = ""
        self.ids: Counter[str] = Counter()
        self.referred: set[str] = set()
        self.labelled: set[str] = set()
        #: The ids of fields with no label around them and no name of their own.
        self.unnamed: list[str] = []
        self._read(text)

    def check(self) -> None:
        """Raise Unsure unless all promises about the whole page are kept."""
        _sure(not self.open and self.titles and len(self.headings) == 1 and self.language)
        _sure(self.titles[0].removeprefix("Error: ").startswith(self.headings[0]))
        _sure(all(number == 1 for number in self.ids.values()))
        _sure(self.referred <= self.ids.keys())
        _sure(all(name in self.labelled for name in self.unnamed))

    def _read(self, text: str) -> None:
        at = 0
        for tag in TAG.finditer(text):
            self._say(text[at : tag.start()])
            at = tag.end()
            name = (tag["name"] or "").lower()
            if not name:
                continue
            if tag["end"]:
                self._end(name)
            else:
                self._begin(name, tag["attributes"])
        self._say(text[at:])

    def _say(self, said: str) -> None:
        _sure("<" not in said)
        if self.open and not said.isspace():
            for element in self.open:
                element.said.append(said)

    def _begin(self, name: str, written: str) -> None:
        attributes = self._attributes(written) if written else {}
        _sure(name != "style" and not (self.open and self.open[-1].name in TEXT_ALONE))
        if name == "html":
            self.language = attributes.get("lang", "")
        elif name == "script":
            _sure(not self.open)
            _sure("src" in attributes or attributes.get("type") == "application/json")
        elif name == "img":
            self._picture(attributes)
        if name in FIELDS:
            self._field(name, attributes)
        if name in WATCHED:
            _sure(all(element.name != name for element in self.open))
            self.open.append(_Open(name, attributes))
        self._addresses(name, attributes)

    def _attributes(self, written: str) -> dict[str, str]:
        attributes = {}
        for as_written, value in ATTRIBUTE.findall(written):
            name = as_written.lower()
            _sure(name != "style" and not name.startswith("on"))
            attributes[name] = unescape(value) if "&" in value else value
        if "id" in attributes:
            self.ids[attributes["id"]] += 1
        if described := attributes.get("aria-describedby"):
            self.referred.update(described.split())
        return attributes

    def _addresses(self, name: str, attributes: dict[str, str]) -> None:
        link = attributes.get("href", "")
        if name == "a" and link.startswith("#") and len(link) > 1:
            self.referred.add(link[1:])
        _sure(not link.lower().startswith("javascript:"))
        _sure(not FOREIGN.match(attributes.get("src", "")))
        _sure(name != "link" or not FOREIGN.match(link))

    def _picture(self, attributes: dict[str, str]) -> None:
        _sure("alt" in attributes)
        if attributes["alt"]:
            for element in self.open:
                if element.name in {"a", "button"}:
                    element.fields["alt"] = attributes["alt"]

    def _field(self, name: str, attributes: dict[str, str]) -> None:
        for element in self.open if name == "input" else ():
            element.fields[attributes.get("name", "")] = attributes.get("value", "")
        if name == "input" and attributes.get("type", "text") in UNLABELLED_INPUTS:
            return
        named = attributes.get("aria-label") or attributes.get("aria-labelledby")
        around = [element for element in self.open if element.name == "label"]
        if around:
            around[0].fields[" is around"] = "a field"
        if not named and not around:
            self.unnamed.append(attributes.get("id", ""))

    def _end(self, name: str) -> None:
        if name not in WATCHED:
            return
        _sure(self.open and self.open[-1].name == name)
        ended = self.open.pop()
        if name == "title":
            self.titles.append(ended.words)
        elif name == "h1":
            self.headings.append(ended.words)
        elif name == "label":
            self._label(ended)
        elif name == "form":
            self._form(ended)
        elif name in {"a", "button"}:
            _sure(ended.words or ended.attributes.get("aria-label") or ended.fields.get("alt"))

    def _label(self, ended: _Open) -> None:
        _sure(ended.words or " is around" not in ended.fields)
        if ended.words and "for" in ended.attributes:
            self.labelled.add(ended.attributes["for"])

    def _form(self, ended: _Open) -> None:
        if ended.attributes.get("method", "get").lower() != "post":
            return
        action = ended.attributes.get("action", "")
        _sure(ended.fields.get("csrf_token"))
        _sure("form_key" in ended.fields or action in SENT_AGAIN)
        _sure(not re.match(r"(?:[a-z]+:)?//", action))
