"""Smaller answers: gzip for those who accept it, under an ETag of its own.

A packed answer is another representation of the same thing (RFC 9110, 8.8.3), so its tag differs.
We only pack what everybody may see, or what a stranger could not have added anything to.
"""

import gzip
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

#: A smaller answer fits into one packet anyway.
SMALLEST = 600
LEVEL = 6
SUFFIX = "-gzip"
#: How many bytes of answers a process keeps.
KEPT_BYTES_MAX = 24_000_000
DIGESTS_BYTES_MAX = 1_000_000


class KeptBodies:
    """Bodies by their tags; the least recently used are forgotten first."""

    def __init__(self, bytes_max: int = KEPT_BYTES_MAX) -> None:
        self._bytes_max = bytes_max
        self._bytes = 0
        self._bodies: OrderedDict[str, bytes] = OrderedDict()

    def get(self, tag: str, write: Callable[[], bytes]) -> bytes:
        """Return the body with this tag, made now if it is not kept."""
        found = self._bodies.get(tag)
        if found is not None:
            with suppress(KeyError):  # another thread may just have forgotten it
                self._bodies.move_to_end(tag)
            return found
        body = write()
        if tag not in self._bodies:
            self._bodies[tag] = body
            self._bytes += len(body)
        while self._bytes > self._bytes_max and self._bodies:
            _, forgotten = self._bodies.popitem(last=False)
            self._bytes -= len(forgotten)
        return body

    def forget(self) -> None:
        """Forget everything."""
        self._bodies.clear()
        self._bytes = 0


kept = KeptBodies()
#: What identifies a body, known for longer than the body itself.
_digests = KeptBodies(DIGESTS_BYTES_MAX)


def digest_of(key: str, write: Callable[[], bytes]) -> str:
    """Return the digest of the body with this key, which is written only if nobody has yet."""

    def digest() -> bytes:
        return sha256(kept.get(key, write)).hexdigest()[:32].encode()

    return _digests.get(key, digest).decode()


def forget() -> None:
    """Forget every body, because the database has been replaced."""
    kept.forget()
    _digests.forget()


def wanted(environ: "WSGIEnvironment") -> bool:
    """Return whether the reader accepts gzip."""
    header = environ.get("HTTP_ACCEPT_ENCODING", "")
    return "gzip" in header and parse_accept_header(header, Accept).quality("gzip") > 0


def tag_of(etag: str, *, packed: bool) -> str:
    """Return the tag of one representation."""
    return etag + SUFFIX if packed else etag


def pack(body: bytes) -> bytes:
    """Return a body packed; the same body gives the same bytes."""
    return gzip.compress(body, LEVEL, mtime=0)


def answer(response: Response, environ: "WSGIEnvironment") -> None:
    """Pack a complete answer that has a tag, if the reader accepts it and it is worth it."""
    response.vary.add("Accept-Encoding")
    etag, _weak = response.get_etag()
    body = response.get_data()
    if etag is None or len(body) < SMALLEST or not wanted(environ):
        return
    tag = tag_of(etag, packed=True)
    response.set_data(kept.get(tag, lambda: pack(body)))
    response.set_etag(tag)
    response.headers["Content-Encoding"] = "gzip"
