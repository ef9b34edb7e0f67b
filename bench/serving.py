"""Serves an application with gunicorn, ours and the floor in the same way."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
#: As in `make demo`.
WORKERS, THREADS = 2, 4
SETTINGS = (
    "--worker-class",
    "booking.foundation.web.patience.PatientWorker",
    "--workers",
    str(WORKERS),
    "--threads",
    str(THREADS),
    "--no-control-socket",
    "--log-level",
    "warning",
)
STARTED_WITHIN_S = 120


@contextmanager
def served(application: str, probe: str, **environment: str) -> Iterator[int]:
    """Serve `application` ("wsgi:app") on a loopback port until the block ends."""
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", *SETTINGS],
        cwd=ROOT,
        env={**os.environ, **environment},
    )
    try:
        _wait_for(server, port, probe)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(server: subprocess.Popen[bytes], port: int, path: str) -> None:
    until = time.monotonic() + STARTED_WITHIN_S
    while time.monotonic() < until and server.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", path)
            if connection.getresponse().status < 500:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start; see its output above")
