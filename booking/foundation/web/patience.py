"""A web worker that lets slow senders wait apart from the few threads that make pages.

gunicorn's own worker reads a request in the thread that will make its page, and waits for as long
as somebody takes to send it: with eight threads in all, nine connections that send a byte now and
then stopped the site, where no proxy takes in requests first. Here many threads read, which costs
next to nothing while they wait, and a few of them at a time make pages.
"""

import io
import time
from collections.abc import Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from socket import SHUT_RDWR, socket
from threading import BoundedSemaphore
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

#: How many connections each process reads from, or writes to, at once.
READERS = 250
#: How long the head of a request may take to arrive, a form, and an answer to be made and fetched.
HEAD_SECONDS, FORM_SECONDS, ANSWER_SECONDS = 15, 60, 600
#: A larger body (an uploaded file) is read by the page itself, because each page has its own limit.
FORM_BYTES = 2 * 1024 * 1024
#: How fast a larger one has to arrive at least.
BYTES_A_SECOND = 50_000


class PatientWorker(ThreadWorker):
    """Reads from many connections, and makes as many pages at once as WEB_THREADS says."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._pages = BoundedSemaphore(self.cfg.threads)
        # Whoever sends a large body slowly holds a turn meanwhile: never all of them.
        self._large = BoundedSemaphore(max(1, self.cfg.threads // 2))
        #: When each connection that somebody waits for will be closed.
        self._ends: dict[socket, float] = {}

    def get_thread_pool(self) -> Executor:
        """Return the threads that read and write; they are made as they are needed."""
        return ThreadPoolExecutor(max_workers=READERS + self.cfg.threads)

    def load_wsgi(self) -> None:
        """Put the turns in front of the application."""
        super().load_wsgi()
        self._application: Any = self.app.wsgi()
        self.wsgi = self._in_turn

    def handle(self, conn: TConn) -> Any:
        """Read a request and answer it, unless its head does not arrive in time."""
        self._ends[conn.sock] = time.monotonic() + HEAD_SECONDS
        try:
            return super().handle(conn)
        finally:
            self._ends.pop(conn.sock, None)

    def murder_pending(self) -> None:
        """Close what has taken too long; gunicorn calls this every second."""
        super().murder_pending()
        now = time.monotonic()
        for line, end in self._ends.copy().items():
            if end < now:
                with suppress(OSError):  # it has just been closed by whoever sent it
                    line.shutdown(SHUT_RDWR)

    def _in_turn(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Take in a form, wait for a turn, and make the page; it is sent when the turn is over."""
        line, length = environ["gunicorn.socket"], int(environ.get("CONTENT_LENGTH") or 0)
        is_form = length <= FORM_BYTES and "HTTP_TRANSFER_ENCODING" not in environ
        with ExitStack() as turn:
            if is_form:
                self._ends[line] = time.monotonic() + FORM_SECONDS
                environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(length))
            else:
                turn.enter_context(self._large)
            turn.enter_context(self._pages)
            allowed = ANSWER_SECONDS if is_form else FORM_SECONDS + length / BYTES_A_SECOND
            self._ends[line] = time.monotonic() + allowed
            made: Iterable[bytes] = self._application(environ, start_response)
        self._ends[line] = time.monotonic() + ANSWER_SECONDS
        return made
