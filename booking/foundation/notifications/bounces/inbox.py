"""The mailbox where reports about undelivered mail arrive, read over IMAP."""

import imaplib
import ipaddress
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from urllib.parse import unquote, urlsplit

from booking.foundation.settings import BadSetting

#: How long the server may take for each answer, and how long it may keep us in all.
ANSWER_S = 10
VISIT_S = 60
#: A report says all that we want at its beginning; the mail that came back may be long.
READ_BYTES = 256 * 1024
#: How many reports one visit reads; the next one goes on.
REPORTS_MAX = 100
PORTS = {"imap": 143, "imaps": 993}
#: Put on a report that is about none of our mail, so that it is looked at once. It stays unread.
LOOKED_AT = "FairplaceLookedAt"
#: Reports only, unread ones: whatever else is in the mailbox is somebody's own mail.
WANTED = f'UNSEEN UNKEYWORD {LOOKED_AT} HEADER Content-Type "delivery-status"'
_NUMBERS = re.compile(rb"\d+")


class InboxAway(RuntimeError):
    """The mailbox cannot be read now; the words never quote the server."""


@dataclass(frozen=True)
class InboxAddress:
    """A mailbox, and who we are there."""

    host: str
    port: int
    encrypted: bool
    user: str
    password: str
    folder: str


def read_address(url: str) -> InboxAddress:
    """Return the mailbox of a BOUNCE_IMAP_URL. Raises BadSetting, which repeats no password."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS:
        raise BadSetting("BOUNCE_IMAP_URL must begin with imaps:// (or imap:// on this machine).")
    if not parts.hostname or not parts.username:
        raise BadSetting("BOUNCE_IMAP_URL must be like imaps://user:password@host/INBOX.")
    if parts.scheme == "imap" and not _is_here(parts.hostname):
        raise BadSetting("BOUNCE_IMAP_URL must begin with imaps://: the password would be read.")
    try:
        port = parts.port or PORTS[parts.scheme]
    except ValueError as error:
        raise BadSetting("The port in BOUNCE_IMAP_URL must be a number up to 65535.") from error
    folder = unquote(parts.path.lstrip("/")) or "INBOX"
    if not folder.isascii() or any(sign in folder for sign in '"\\\r\n'):
        raise BadSetting("The folder in BOUNCE_IMAP_URL has letters that cannot be used there.")
    return InboxAddress(
        parts.hostname,
        port,
        parts.scheme == "imaps",
        unquote(parts.username),
        unquote(parts.password or ""),
        folder,
    )


class Inbox:
    """One visit to the mailbox. Nothing in it is ever deleted or moved."""

    def __init__(self, server: imaplib.IMAP4) -> None:
        self._server = server

    def reports(self) -> Iterator[tuple[str, bytes]]:
        """Yield the unread reports, each with its number in the mailbox."""
        for number in self._numbers()[:REPORTS_MAX]:
            with _told():
                _, found = self._server.uid("FETCH", number, f"(BODY.PEEK[]<0.{READ_BYTES}>)")
            content = next((part[1] for part in found if isinstance(part, tuple)), None)
            if isinstance(content, bytes):
                yield number, content

    def mark_read(self, number: str) -> None:
        """Mark a report of ours as read."""
        self._flag(number, "\\Seen")

    def mark_looked_at(self, number: str) -> None:
        """Mark a report that is about none of our mail; servers that know no marks ignore it."""
        self._flag(number, LOOKED_AT)

    def _numbers(self) -> list[str]:
        with _told():
            _, found = self._server.uid("SEARCH", WANTED)
        text = b" ".join(part for part in found if isinstance(part, bytes))
        return [number.decode() for number in _NUMBERS.findall(text)]

    def _flag(self, number: str, flag: str) -> None:
        with _told():
            self._server.uid("STORE", number, "+FLAGS.SILENT", f"({flag})")


@contextmanager
def opened(address: InboxAddress) -> Iterator[Inbox]:
    """Provide the mailbox, for VISIT_S at most. Raises InboxAway."""
    with _told():
        server = _connect(address)
    try:
        with _no_longer_than(VISIT_S, server):
            with _told():
                server.login(address.user, address.password)
                answer, _ = server.select(f'"{address.folder}"')
            if answer != "OK":
                raise InboxAway("the mailbox has no such folder")
            yield Inbox(server)
            with suppress(imaplib.IMAP4.error, OSError):
                server.logout()
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            server.shutdown()


def _connect(address: InboxAddress) -> imaplib.IMAP4:
    if not address.encrypted:
        return imaplib.IMAP4(address.host, address.port, timeout=ANSWER_S)
    return imaplib.IMAP4_SSL(
        address.host,
        address.port,
        ssl_context=ssl.create_default_context(),
        timeout=ANSWER_S,
    )


@contextmanager
def _told() -> Iterator[None]:
    """Say in words why the mailbox cannot be read."""
    try:
        yield
    except (imaplib.IMAP4.error, OSError, ValueError) as error:
        raise InboxAway(f"the mailbox cannot be read ({type(error).__name__})") from error


@contextmanager
def _no_longer_than(seconds: float, server: imaplib.IMAP4) -> Iterator[None]:
    """Hang up after so many seconds: a time-out for each answer does not end a dripping one."""
    line = server.socket()

    def hang_up() -> None:
        with suppress(OSError):
            socket.socket.shutdown(line, socket.SHUT_RDWR)

    timer = Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
