"""Markdown as HTML: the few marks that people may write, and the whole of it for our own guides.

HTML in a text is never taken as HTML; it is shown as it was typed.
"""

from collections.abc import Callable

from markdown_it import MarkdownIt
from markupsafe import Markup

#: **bold**, *emphasis*, lists, links.
_MARKS = ("emphasis", "list", "link", "newline", "escape")


def _ready(reader: MarkdownIt) -> MarkdownIt:
    """Let a reader fill its own memories now: half full, they would mislead other threads."""
    reader.render("*[a](/a)* <https://a.example>")
    return reader


_reader = _ready(MarkdownIt("zero", {"breaks": True}).enable(list(_MARKS)))
_guides = _ready(MarkdownIt("commonmark", {"html": False}))
#: What names an address, by the kind of mark.
_ADDRESSED = {"link_open": "href", "image": "src"}
#: A text that is a page of its own has headings too.
_texts = _ready(MarkdownIt("zero", {"breaks": True}).enable([*_MARKS, "heading"]))
#: The page's own heading is the first level, so a text's begin at the second.
_LEVELS = {"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"}


def as_html(text: str) -> Markup:
    """Return a text's marks as HTML; everything else in it is escaped."""
    return Markup(_reader.render(text))  # noqa: S704 - the reader escapes all HTML


def as_page(text: str, address: Callable[[str], str]) -> Markup:
    """Return a guide as HTML, with what `address` says for each address of a link or a picture."""
    tokens = _guides.parse(text)
    for token in (inner for outer in tokens for inner in outer.children or ()):
        if name := _ADDRESSED.get(token.type):
            token.attrSet(name, address(str(token.attrGet(name))))
    return Markup(_guides.renderer.render(tokens, _guides.options, {}))  # noqa: S704 - as above


def as_own_page(text: str) -> Markup:
    """Return a text's marks as HTML, headings as well, from the second level on."""
    tokens = _texts.parse(text)
    for token in tokens:
        token.tag = _LEVELS.get(token.tag, token.tag)
    html = _texts.renderer.render(tokens, _texts.options, {})
    return Markup(html)  # noqa: S704 - the reader escapes all HTML
