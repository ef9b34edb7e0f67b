"""Asks a partner's server for its calendar, within limits; the only code here that goes out.

It makes one request, without redirects, over TLS, to a machine whose address was checked, and takes
a limited number of bytes in a limited time. What comes back is bytes that nobody trusts yet.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from booking.days.partners import addresses

PORT = 443
SIZE_MAX = 2_000_000
#: For one answer from the network, and for everything together.
WAIT_S, ALL_S = 10, 30
CHUNK = 65_536
TAG_MAX = 300
PROGRAM = "Fairplace calendar reader"


class CannotFetch(RuntimeError):
    """The calendar could not be fetched; the message says why and what to do."""


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
            return _answer(connection.getresponse(), known, host, door)
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
        "Accept-Encoding": "identity",  # so nothing can unpack to more than was counted
        "User-Agent": PROGRAM,
        "Connection": "close",
    }
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers


def _answer(
    response: http.client.HTTPResponse, known: KnownState, host: str, door: WayOut
) -> Fetched:
    if response.status == 304:
        return Fetched(None, known)
    if response.status != 200:
        raise CannotFetch(_refusal(response.status, host))
    if response.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise CannotFetch(
            f"{host} sends its calendar compressed, which we cannot read. Tell the partner."
        )
    body = _body(response, host, time.monotonic() + door.all_s)
    if not body.lstrip(b"\xef\xbb\xbf\r\n\t ").upper().startswith(b"BEGIN:VCALENDAR"):
        raise CannotFetch(
            f"What {host} sends is not a calendar. Ask for the address that ends in .ics, "
            "or for the “iCal” or “subscribe” link."
        )
    if not body.rstrip().upper().endswith(b"END:VCALENDAR"):
        raise CannotFetch(f"{host} broke off in the middle. We will try again automatically.")
    return Fetched(body, KnownState(_said(response, "ETag"), _said(response, "Last-Modified")))


def _refusal(status: int, host: str) -> str:
    if 300 <= status < 400:
        return (
            f"{host} says that the calendar has moved. Open the address in a browser, copy the "
            "address that you end up at, and subscribe to that."
        )
    if status in {401, 403}:
        return f"{host} does not let everybody read this calendar. Ask the partner to publish it."
    if status in {404, 410}:
        return f"{host} has no calendar at this address. Ask the partner for the new one."
    return f"{host} answered with error {status}. We will try again automatically."


def _body(response: http.client.HTTPResponse, host: str, until: float) -> bytes:
    chunks, size = [], 0
    while chunk := response.read1(CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > SIZE_MAX:
            megabytes = SIZE_MAX // 1_000_000
            raise CannotFetch(f"This calendar has more than {megabytes} MB. Ask for a smaller one.")
        if time.monotonic() > until:
            raise CannotFetch(
                f"{host} is taking too long to answer. We will try again automatically."
            )
    if response.length:
        raise CannotFetch(f"{host} broke off in the middle. We will try again automatically.")
    return b"".join(chunks)


def _said(response: http.client.HTTPResponse, name: str) -> str:
    """Return a header to send back next time, if it can be sent."""
    text = response.headers.get(name, "")
    fits = len(text) <= TAG_MAX and text.isascii() and text.isprintable()
    return text if fits else ""
