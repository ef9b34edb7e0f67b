"""The real web server with nothing in front: whoever sends slowly keeps nobody else waiting."""

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
from gunicorn.config import Config

from booking import create_app
from booking.foundation.db import db
from booking.foundation.web import patience

ROOT = Path(__file__).parents[4]
SLOW, PATIENCE_S = 50, 20
HEAD = b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\n"
BODY = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999\r\n\r\n"
LARGE = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20000000\r\n\r\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Serve as the manual says, on a socket that is already open; return its port."""
    address = f"sqlite:///{tmp_path_factory.mktemp('site')}/x.db"
    app = create_app({"DATABASE_URL": address})
    with app.app_context():
        db.create_all()
        db.engine.dispose()
    environment = {**os.environ, "BASE_URL": "http://localhost", "DATABASE_URL": address}
    with socket.create_server(("127.0.0.1", 0)) as listening:
        number = listening.fileno()
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"fd://{number}"],
            cwd=ROOT,
            pass_fds=[number],
            env=environment,
            stderr=subprocess.DEVNULL,
        )
        try:
            answered(listening.getsockname()[1], within_s=60)
            yield listening.getsockname()[1]
        finally:
            server.terminate()
            try:
                server.wait(timeout=PATIENCE_S)
            finally:
                server.kill()


def answered(port, *, within_s=PATIENCE_S):
    """Ask for a page; return its status, and how many seconds it took."""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=within_s)
    with closing(connection):
        connection.request("GET", "/sign-in", headers={"Host": "localhost"})
        status = connection.getresponse().status
    return status, time.monotonic() - began


@contextmanager
def senders(port, *beginnings):
    """Open fifty connections that have begun like this and send no more."""
    with ExitStack() as stack:
        lines = []
        for number in range(SLOW):
            line = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            line.sendall(beginnings[number % len(beginnings)])
            lines.append(line)
        yield lines


@pytest.mark.slow
@pytest.mark.parametrize(
    "beginnings",
    [(b"",), (b"G", HEAD), (BODY,), (LARGE,), (b"", b"G", HEAD, BODY, LARGE)],
    ids=["idle", "heads", "bodies", "large bodies", "all of them"],
)
def test_slow_senders_keep_nobody_waiting(site, beginnings):
    with senders(site, *beginnings) as lines:
        first = answered(site)
        for line, begun in zip(lines, beginnings * SLOW, strict=False):
            if begun:
                line.sendall(b"X")  # one byte more, as a slow sender does
        second = answered(site)

    for status, seconds in (first, second):
        assert status == 200
        assert seconds < 2


def test_a_request_that_does_not_arrive_in_time_is_cut_off():
    worker = patience.PatientWorker(1, 0, [], None, 30, Config(), None)
    worker.tmp.close()
    ours, theirs = socket.socketpair()
    late, punctual = socket.socketpair()
    with ours, theirs, late, punctual:
        worker._ends = {ours: time.monotonic() - 1, late: time.monotonic() + 60}
        punctual.sendall(b"GET")

        worker.murder_pending()

        assert theirs.recv(1) == b""
        assert late.recv(3) == b"GET"
