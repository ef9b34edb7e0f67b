"""A small IMAP server on loopback: one folder, its flags, and ways to misbehave."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Kept:
    """A mail in the folder, with its flags."""

    content: bytes
    flags: set[str] = field(default_factory=set)


class Mailbox:
    """What is in the folder, by number, and how the server behaves."""

    def __init__(self) -> None:
        self.mails: dict[int, Kept] = {}
        self.password = "secret"
        #: Says nothing any more after so many commands.
        self.silent_after: int | None = None
        #: Whether it takes flags of our own making.
        self.takes_marks = True
        #: Every command, without its tag.
        self.commands: list[str] = []

    def put(self, content: bytes) -> int:
        """Put a mail into the folder, unread; return its number."""
        number = len(self.mails) + 1
        self.mails[number] = Kept(content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        return number

    def flags(self, number: int) -> set[str]:
        """Return the flags of a mail."""
        return self.mails[number].flags

    def found(self, wanted: str) -> list[int]:
        """Return the numbers of the mails that a search wants."""
        hidden = {"\\Seen", *re.findall(r"UNKEYWORD (\S+)", wanted)}
        [(name, text)] = re.findall(r'HEADER (\S+) "([^"]*)"', wanted)
        return [
            number
            for number, mail in self.mails.items()
            if not mail.flags & hidden and text in _header(mail.content, name)
        ]


def _header(content: bytes, name: str) -> str:
    head = re.sub(r"\r\n[ \t]+", " ", content.decode("latin-1").partition("\r\n\r\n")[0])
    found = re.search(rf"^{name}:(.*)$", head, re.MULTILINE | re.IGNORECASE)
    return found[1] if found else ""


class _Session(socketserver.StreamRequestHandler):
    mailbox: Mailbox
    ended: threading.Event

    def handle(self) -> None:
        self._say("* OK at your service")
        for line in self.rfile:
            tag, _, command = line.decode("latin-1").strip().partition(" ")
            self.mailbox.commands.append(command)
            limit = self.mailbox.silent_after
            if limit is not None and len(self.mailbox.commands) > limit:
                self.ended.wait(60)
                return
            if not self._answer(tag, command):
                return

    def _answer(self, tag: str, command: str) -> bool:
        name = command.split()[0].upper()
        if name == "UID":
            name = command.split()[1].upper()
        answers = {
            "CAPABILITY": self._capability,
            "LOGIN": self._login,
            "SELECT": self._select,
            "SEARCH": self._search,
            "FETCH": self._fetch,
            "STORE": self._store,
        }
        if name == "LOGOUT":
            self._say("* BYE")
            self._say(f"{tag} OK bye")
            return False
        self._say(f"{tag} {answers[name](command)}")
        return True

    def _capability(self, _command: str) -> str:
        self._say("* CAPABILITY IMAP4rev1")
        return "OK done"

    def _login(self, command: str) -> str:
        return "OK done" if self.mailbox.password in command else "NO wrong password of returns"

    def _select(self, command: str) -> str:
        if "INBOX" not in command:
            return "NO no such folder"
        self._say(f"* {len(self.mailbox.mails)} EXISTS")
        return "OK [READ-WRITE]"

    def _search(self, command: str) -> str:
        self._say("* SEARCH " + " ".join(map(str, self.mailbox.found(command))))
        return "OK done"

    def _fetch(self, command: str) -> str:
        number = int(command.split()[2])
        [size] = re.findall(r"<0\.(\d+)>", command)
        content = self.mailbox.mails[number].content[: int(size)]
        self._say(f"* {number} FETCH (UID {number} BODY[]<0> {{{len(content)}}}")
        self.wfile.write(content + b")\r\n")
        return "OK done"

    def _store(self, command: str) -> str:
        [flag] = re.findall(r"\((\S+)\)", command)
        if not flag.startswith("\\") and not self.mailbox.takes_marks:
            return "NO no such flag"
        self.mailbox.mails[int(command.split()[2])].flags.add(flag)
        return "OK done"

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode("latin-1") + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def serving() -> Iterator[tuple[Mailbox, str]]:
    """Serve a mailbox; provide it, and its address in the form of BOUNCE_IMAP_URL."""
    mailbox, ended = Mailbox(), threading.Event()
    session = type("Session", (_Session,), {"mailbox": mailbox, "ended": ended})
    with _Server(("127.0.0.1", 0), session) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield mailbox, f"imap://returns:secret@127.0.0.1:{server.server_address[1]}/INBOX"
        finally:
            ended.set()
            server.shutdown()
            thread.join()
