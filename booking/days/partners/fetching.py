"""Asks a partner's server for its calendar, within limits; the only code here that goes out.

It makes one request over TLS, to a machine whose address was checked, and takes a limited number of
bytes in a limited time. It follows no redirect: where one leads is offered to the lead, who may
take the address, which is then checked like any other. What comes back is bytes that nobody trusts
yet.
"""

import http.client
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from booking.days.partners import addresses

PORT = 443
#: A calendar that goes back for ten years has some megabytes; how much of it matters is a question
#: of time, which `reading` answers. Both as sent and as unpacked.
SIZE_MAX = 16_000_000
#: For one answer from the network, and for everything together.
WAIT_S, ALL_S = 10, 30
CHUNK = 65_536
TAG_MAX = 300
PROGRAM = "Fairplace calendar reader"
_BEGINS = re.compile(
    rb"(?:^|\r)(?:\xef\xbb\xbf)?[ \t]*BEGIN:VCALENDAR\b", re.IGNORECASE | re.MULTILINE
)
_ENDS = re.compile(rb"(?:^|\r)[ \t]*END:VCALENDAR\b", re.IGNORECASE | re.MULTILINE)


class CannotFetch(RuntimeError):
    """The calendar could not be fetched; the message says why and what to do."""


class HasMoved(CannotFetch):
    """The calendar is at another address, which `url` has if it is one that we could ask."""

    def __init__(self, message: str, url: str = "") -> None:
        super().__init__(message)
        self.url = url


class NobodyThere(CannotFetch):
    """The name is made up, so the network is not even asked for it."""


@dataclass(frozen=True)
class KnownState:
    """What the partner said about the version of its calendar last time."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True)
class Fetched:
    """A partner's answer: its calendar, or None if nothing is new."""

    body: bytes | None
    known: KnownState


def resolve(host: str) -> list[str]:
    """Return every IP address of a name. Raises OSError, NobodyThere."""
    if host.endswith(addresses.EXAMPLES):
        raise NobodyThere(
            f"No site can be called {host}, because names that end in .example are reserved for "
            "examples. Stop following it, and ask the partner for the right address."
        )
    found = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def dial(ip: str) -> socket.socket:
    """Return a connection to a machine. Raises OSError."""
    return socket.create_connection((ip, PORT), timeout=WAIT_S)


@dataclass(frozen=True)
class WayOut:
    """How we reach the outside: looking up names, reaching machines, trusting certificates."""

    resolve: Callable[[str], list[str]] = resolve
    dial: Callable[[str], socket.socket] = dial
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context
    all_s: float = ALL_S


DOOR = WayOut()


def fetch(url: str, known: KnownState, *, door: WayOut = DOOR) -> Fetched:
    """Return a partner's calendar, or that nothing is new. Raises CannotFetch, NotAnAddress."""
    parts = urlsplit(addresses.tidy(url))
    host = str(parts.hostname)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    try:
        with _connected(host, door) as connection:
            connection.request("GET", path, headers=_headers(known))
            with connection.getresponse() as response:
                return _answer(response, known, url, door)
    except ssl.SSLError as error:
        raise CannotFetch(
            f"The certificate of {host} could not be verified. Tell the partner."
        ) from error
    except (OSError, http.client.HTTPException) as error:
        raise CannotFetch(
            f"{host} did not answer properly. We will try again automatically."
        ) from error


def machine_of(host: str, door: WayOut) -> str:
    """Return the one machine to ask. Raises CannotFetch if any of the name's is not public."""
    try:
        found = door.resolve(host)
    except (OSError, UnicodeError) as error:
        raise CannotFetch(f"There is no site called {host}. Check the address.") from error
    if not found or not all(addresses.is_public(ip) for ip in found):
        raise CannotFetch(f"{host} is not a public site, so we cannot use it. Check the address.")
    return found[0]


@contextmanager
def _connected(host: str, door: WayOut) -> Iterator[http.client.HTTPSConnection]:
    """Yield a connection to the machine that was checked, and end it when its time is up."""
    raw = door.dial(machine_of(host, door))
    # A second handle on the same connection, because TLS takes over the first.
    with raw, raw.dup() as line:
        timer = threading.Timer(door.all_s, _hang_up, [line])
        timer.daemon = True
        timer.start()
        try:
            raw.settimeout(WAIT_S)
            context = door.context()
            connection = http.client.HTTPSConnection(host, PORT, timeout=WAIT_S, context=context)
            connection.auto_open = 0  # so the name is not looked up a second time
            connection.sock = context.wrap_socket(raw, server_hostname=host)
            with closing(connection):
                yield connection
        finally:
            timer.cancel()


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):  # it may have ended already
        line.shutdown(socket.SHUT_RDWR)


def _headers(known: KnownState) -> dict[str, str]:
    headers = {
        "Accept": "text/calendar",
        "Accept-Encoding": "identity",  # some pack it all the same, and then it is counted twice
        "User-Agent": PROGRAM,
        "Connection": "close",
    }
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers


def _answer(
    response: http.client.HTTPResponse, known: KnownState, url: str, door: WayOut
) -> Fetched:
    host = str(urlsplit(addresses.tidy(url)).hostname)
    if response.status == 304:
        return Fetched(None, known)
    if 300 <= response.status < 400:
        raise _moved(url, response.headers.get("Location", ""))
    if response.status != 200:
        raise CannotFetch(_refusal(response.status, host))
    body = _body(response, host, time.monotonic() + door.all_s)
    body = _unpacked(body, response.headers.get("Content-Encoding", ""), host)
    begins = list(_BEGINS.finditer(body))
    if not begins:
        raise CannotFetch(
            f"What {host} sends is not a calendar. Ask for the address that ends in .ics, "
            "or for the “iCal” or “subscribe” link."
        )
    if not _ENDS.search(body, begins[-1].end()):  # what follows its end is nothing
        raise CannotFetch(_broke_off(host))
    return Fetched(body, KnownState(_said(response, "ETag"), _said(response, "Last-Modified")))


def _broke_off(host: str) -> str:
    return f"{host} broke off in the middle. We will try again automatically."


def _moved(url: str, location: str) -> HasMoved:
    """Return where a redirect leads, if that is an address which may be asked for."""
    asked = addresses.tidy(url)
    host = urlsplit(asked).hostname
    try:
        target = addresses.tidy(urljoin(asked, location)) if location else ""
    except ValueError:
        return HasMoved(
            f"{host} says that the calendar has moved to an address that we cannot use. Ask the "
            "partner for one that begins with https://."
        )
    if target in {"", asked}:
        return HasMoved(
            f"{host} says that the calendar has moved, but not where to. Ask the partner for the "
            "new address."
        )
    return HasMoved(f"{host} says that the calendar has moved to {target}.", target)


def _refusal(status: int, host: str) -> str:
    if status in {401, 403}:
        return f"{host} does not let everybody read this calendar. Ask the partner to publish it."
    if status in {404, 410}:
        return f"{host} has no calendar at this address. Ask the partner for the new one."
    return f"{host} answered with error {status}. We will try again automatically."


def _unpacked(body: bytes, packing: str, host: str) -> bytes:
    """Return a body as it was before it was packed, of limited size whatever it unpacks to."""
    packing = packing.strip().lower()
    if packing not in {"", "identity", "gzip", "x-gzip", "deflate"}:
        raise CannotFetch(
            f"{host} sends its calendar compressed in a way that we cannot read, although we asked "
            "for it plain. Tell the partner."
        )
    if body.startswith(b"\x1f\x8b"):
        return _inflated(body, 16 + zlib.MAX_WBITS, host)
    if packing == "deflate" and not _BEGINS.search(body):
        # Some leave out the two bytes that the format begins with.
        bare = not (body[:1] == b"\x78" and int.from_bytes(body[:2]) % 31 == 0)
        return _inflated(body, -zlib.MAX_WBITS if bare else zlib.MAX_WBITS, host)
    return body


def _inflated(body: bytes, bits: int, host: str) -> bytes:
    unpacker = zlib.decompressobj(bits)
    try:
        plain = unpacker.decompress(body, SIZE_MAX + 1)
    except zlib.error as error:
        raise CannotFetch(
            f"{host} sends its calendar compressed, and it cannot be unpacked. Tell the partner."
        ) from error
    if len(plain) > SIZE_MAX:
        raise CannotFetch(_too_large())
    if not unpacker.eof:
        raise CannotFetch(_broke_off(host))
    return plain


def _too_large() -> str:
    return f"This calendar has more than {SIZE_MAX // 1_000_000} MB. Ask for a smaller one."


def _body(response: http.client.HTTPResponse, host: str, until: float) -> bytes:
    chunks, size = [], 0
    while chunk := response.read1(CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > SIZE_MAX:
            raise CannotFetch(_too_large())
        if time.monotonic() > until:
            raise CannotFetch(
                f"{host} is taking too long to answer. We will try again automatically."
            )
    if response.length:
        raise CannotFetch(_broke_off(host))
    return b"".join(chunks)


def _said(response: http.client.HTTPResponse, name: str) -> str:
    """Return a header to send back next time, if it can be sent."""
    text = response.headers.get(name, "")
    fits = len(text) <= TAG_MAX and text.isascii() and text.isprintable()
    return text if fits else ""
