"""Writes a letter in HTML as plain text, so that both parts of a mail say the same."""

import re
from html.parser import HTMLParser

#: What begins and ends a paragraph.
BLOCKS = frozenset({"blockquote", "div", "h1", "h2", "h3", "p", "table", "td", "tr"})
LISTS = frozenset({"ul", "ol", "dl"})
EMPTY = frozenset({"br", "hr", "img", "meta"})
#: What nobody reads: the frame's own, and what stands in HTML only because HTML needs it.
UNREAD = frozenset({"head", "style", "title", "script"})
ONLY_IN_HTML = "html-only"
BUTTON = "button"
#: A hard space is a letter like any other.
_WHITE = re.compile(r"[ \t\r\n]+")


def text(html: str) -> str:
    """Return what a letter says, with its links written out: paragraphs with empty lines between.

    The title of something (`cite`) stands in quotation marks, the address of a button on a line of
    its own.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_paragraph()
    return "\n\n".join(reader.paragraphs) + "\n"


class _Reader(HTMLParser):
    """Collects paragraphs; a list is one paragraph with a line for each of its items."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        #: The lines of the present paragraph; the last is still being written.
        self._lines = [""]
        #: How far each list around here has been counted; None where items are not counted.
        self._lists: list[int | None] = []
        #: Whether what comes next is what a term means, for the first time.
        self._is_term = False
        self._links: list[tuple[str, bool, int]] = []
        #: What is not read, and how many elements of its name are open inside.
        self._unread: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        said = {name: value or "" for name, value in attrs}
        classes = said.get("class", "").split()
        if self._unread or tag in UNREAD or ONLY_IN_HTML in classes:
            self._pass_over(tag)
        elif tag in BLOCKS or (tag in LISTS and not self._lists):
            self.end_paragraph()
        if self._unread:
            return
        if tag in LISTS:
            self._lists.append(1 if tag == "ol" else None)
        elif tag in {"li", "dt", "dd"}:
            self._begin_item(tag)
        elif tag == "br":
            self._lines.append("")
        elif tag == "cite":
            self._lines[-1] += "“"
        elif tag == "a":
            self._links.append((said.get("href", ""), BUTTON in classes, len(self._lines[-1])))

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if self._unread:
            name, depth = self._unread
            if tag == name:
                self._unread = (name, depth - 1) if depth > 1 else None
            return
        if tag in LISTS:
            self._lists.pop()
        if tag in BLOCKS or (tag in LISTS and not self._lists):
            self.end_paragraph()
        elif tag == "cite":
            self._lines[-1] += "”"
        elif tag == "a":
            self._write_out(*self._links.pop())

    def handle_data(self, data: str) -> None:
        """Add what is said, with its white space as HTML reads it."""
        if self._unread:
            return
        line = self._lines[-1]
        words = _WHITE.sub(" ", data)
        self._lines[-1] += words.lstrip(" ") if not line or line.endswith(" ") else words

    def end_paragraph(self) -> None:
        """Keep the present paragraph if it says anything, and begin another."""
        said = [line.rstrip(" ") for line in self._lines]
        if any(said):
            self.paragraphs.append("\n".join(said).strip("\n"))
        self._lines = [""]

    def _pass_over(self, tag: str) -> None:
        if tag in EMPTY:
            return
        if self._unread is None:
            self._unread = (tag, 1)
        elif self._unread[0] == tag:
            self._unread = (tag, self._unread[1] + 1)

    def _begin_item(self, tag: str) -> None:
        """Begin a line for an item; what a term means stands on the same line."""
        if tag == "dd":
            # Dates of one event, for example, follow each other.
            self._lines[-1] = self._lines[-1].rstrip(" ") + (": " if self._is_term else "; ")
            self._is_term = False
            return
        self._is_term = tag == "dt"
        count = self._lists[-1] if self._lists else None
        if count is not None:
            self._lists[-1] = count + 1
        mark = "" if self._is_term else f"{count}. " if count else "- "
        self._new_line(mark)

    def _new_line(self, mark: str) -> None:
        if self._lines[-1].strip(" "):
            self._lines.append(mark)
        else:
            self._lines[-1] = mark

    def _write_out(self, url: str, is_button: bool, begun: int) -> None:
        """Write the address of a link after its words, unless these are the address."""
        if self._lines[-1][begun:].strip(" ") != url:
            self._lines[-1] += f":\n{url}" if is_button else f" <{url}>"
