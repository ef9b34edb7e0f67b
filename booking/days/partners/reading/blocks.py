"""Cuts a calendar's bytes into its entries, so that one that is damaged costs no other.

The lines are read as they stand: whatever a server wrote before, between or after calendars is
nothing, an entry without its end ends where the next one begins, and an end without a beginning is
an entry that cannot be read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

#: What we read of an entry; its description, attendees and alarms are not even parsed.
READ = frozenset(
    {
        *("UID", "SUMMARY", "LOCATION", "URL", "STATUS", "CLASS", "SEQUENCE", "DTSTART", "DTEND"),
        *("DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"),
    }
)
#: Texts longer than this are cut: one line of a page shows far less.
TEXT_LINE_MAX = 4_000
_TEXTS = frozenset({"SUMMARY", "LOCATION", "URL"})
#: Parts that hold something with a date, besides events.
OTHERS = frozenset({"VTODO", "VJOURNAL"})
_NAME = re.compile(r"[A-Za-z0-9-]+")


@dataclass
class Block:
    """One part of a calendar as it is written: the lines that we read, by their names."""

    kind: str
    lines: list[tuple[str, str]] = field(default_factory=list)
    #: Whether the line with which it should begin is missing.
    headless: bool = False

    def has(self, *wanted: str) -> bool:
        """Return whether it has a line of one of these names."""
        return any(name in wanted for name, _ in self.lines)

    def only(self, *wanted: str) -> "Block":
        """Return it with its lines of these names alone."""
        return Block(self.kind, [(name, line) for name, line in self.lines if name in wanted])

    def text(self) -> str:
        """Return it as a file of its own would have it."""
        lines = (line for _, line in self.lines)
        return "\r\n".join([f"BEGIN:{self.kind}", *lines, f"END:{self.kind}", ""])


@dataclass
class Cut:
    """A calendar in pieces."""

    entries: list[Block] = field(default_factory=list)
    zones: list[Block] = field(default_factory=list)
    #: How many to-dos and journals there are, which are nobody's dates.
    others: int = 0
    #: The zone in which the calendar shows its own times, if it says.
    zone: str = ""
    #: Whether a calendar began, and whether the last one ended.
    begun: bool = False
    ended: bool = False


def cut(body: bytes) -> Cut:
    """Return the pieces of a file."""
    knife = _Knife()
    for text in _lines(body):
        knife.take(text)
    knife.close_entry()
    return knife.found


def _lines(body: bytes) -> Iterator[str]:
    """Yield each line, unfolded; a line in another encoding costs no other line."""
    plain = body.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    for raw in re.sub(rb"\n[ \t]", b"", plain).split(b"\n"):
        try:
            yield raw.decode()
        except UnicodeDecodeError:
            yield raw.decode("cp1252", "replace")


def _says_nothing(name: str, text: str) -> bool:
    """Return whether a part has no value, as some programs write what is not there."""
    return name != "DTSTART" and text.rstrip().endswith(":") and not text.partition(":")[2].strip()


class _Knife:
    """Where in the file we are."""

    def __init__(self) -> None:
        self.found = Cut()
        #: The parts that we are inside of, outermost first, without the calendar itself.
        self.inside: list[str] = []
        self.open: Block | None = None
        #: What stands in the calendar outside of any part.
        self.loose: list[tuple[str, str]] = []

    def take(self, text: str) -> None:
        """Take the next line."""
        match = _NAME.match(text)
        name = match[0].upper() if match else ""
        if name in {"BEGIN", "END"} and text[match.end() :].startswith(":") if match else False:
            kind = text.partition(":")[2].strip().upper()
            (self._begin if name == "BEGIN" else self._end)(kind, text)
        elif self.found.begun and not self.found.ended:
            self._keep(name, text)

    def _begin(self, kind: str, text: str) -> None:
        if kind == "VCALENDAR":
            self.close_entry()
            self.found.begun, self.found.ended = True, False
        elif self.found.begun and not self.found.ended:
            self._begin_part(kind, text)

    def _begin_part(self, kind: str, text: str) -> None:
        # An entry holds no entry, so the one before has lost its end.
        if kind == "VEVENT" or not self.inside:
            self.close_entry()
            self.open = Block(kind)
            self.found.others += kind in OTHERS
        elif self.open is not None and self.open.kind == "VTIMEZONE":
            self.open.lines.append(("BEGIN", text))
        self.inside.append(kind)

    def _end(self, kind: str, text: str) -> None:
        if kind == "VCALENDAR":
            self.close_entry()
            self.found.ended = self.found.begun
        elif kind == "VEVENT" and not self._is_in("VEVENT") and not self.found.ended:
            self._end_without_beginning()
        elif kind in self.inside:
            self._end_part(kind, text)

    def _end_part(self, kind: str, text: str) -> None:
        while self.inside.pop() != kind:
            pass
        if not self.inside:
            self.close_entry()
        elif self.open is not None and self.open.kind == "VTIMEZONE":
            self.open.lines.append(("END", text))

    def _end_without_beginning(self) -> None:
        loose = self.loose
        self.close_entry()
        if self.found.begun:
            self.found.entries.append(Block("VEVENT", loose, headless=True))

    def _is_in(self, kind: str) -> bool:
        return kind in self.inside

    def _keep(self, name: str, text: str) -> None:
        if self.open is None:
            if name == "X-WR-TIMEZONE":
                self.found.zone = text.partition(":")[2].strip()
            elif name in READ:
                self.loose.append((name, text))
        elif self.open.kind == "VTIMEZONE":
            self.open.lines.append((name, text))
        elif self.inside == [self.open.kind] and name in READ and not _says_nothing(name, text):
            self.open.lines.append((name, text[:TEXT_LINE_MAX] if name in _TEXTS else text))

    def close_entry(self) -> None:
        """End the part that is open, whether or not its end was written."""
        if self.open is not None:
            if self.open.kind == "VEVENT":
                self.found.entries.append(self.open)
            elif self.open.kind == "VTIMEZONE":
                self.found.zones.append(self.open)
        self.open, self.inside, self.loose = None, [], []
