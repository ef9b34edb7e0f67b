"""The few marks of Markdown that people may write: **bold**, *emphasis*, lists, links; no HTML."""

from markdown_it import MarkdownIt
from markupsafe import Markup

_MARKS = ("emphasis", "list", "link", "newline", "escape")
_reader = MarkdownIt("zero", {"breaks": True}).enable(list(_MARKS))


def as_html(text: str) -> Markup:
    """Return a text's marks as HTML; everything else in it is escaped."""
    return Markup(_reader.render(text))  # noqa: S704 - the reader escapes all HTML
