"""The site's processes, in groups that can be killed as a whole: gunicorn and two workers.

Every process is one that we have started; nothing is ever killed by its name.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from bench.serving import ROOT

#: As it is served everywhere: gunicorn.conf.py says how.
WEB = ("gunicorn", "bench.chaos.site:app")
WORKER = ("flask", "--app", "bench.chaos.site", "worker")
STARTED_WITHIN_S = 90
GLANCE_S = 0.1


class NotAnswering(RuntimeError):
    """The site did not come back by itself in the time it has."""


class Program:
    """One program with its children, in a process group of its own."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self.arguments, self.environment, self.log = arguments, environment, log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, unless it is running."""
        if self.process is not None and self.process.poll() is None:
            return
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *self.arguments],
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def children(self) -> list[int]:
        """Return the processes that it has started."""
        if self.process is None:
            return []
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        with suppress(OSError):
            return [int(pid) for pid in listed.read_text().split()]
        return []

    def signal(self, number: int) -> None:
        """Send a signal to all of it."""
        if self.process is not None and self.process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """Kill all of it, as the machine does when it runs out of memory."""
        self.signal(signal.SIGKILL)
        if self.process is not None:
            self.process.wait(timeout=10)

    def stop(self) -> None:
        """Ask it to stop, and kill what does not."""
        self.signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            if self.process is not None:
                self.process.wait(timeout=5)
        self.kill()


class Site:
    """The web server and two workers on one database."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.port = free_port()
        settings = {"BASE_URL": self.url, **environment}
        arguments = (*WEB, "--bind", f"127.0.0.1:{self.port}")
        self.web = Program(arguments, settings, folder / "web.log")
        self.workers = [
            Program(WORKER, settings, folder / f"worker{number}.log") for number in range(2)
        ]

    @property
    def url(self) -> str:
        """The address that people type."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def programs(self) -> list[Program]:
        """Everything that runs."""
        return [self.web, *self.workers]

    def start(self) -> None:
        """Start what is not running, and wait until pages come."""
        for program in self.programs:
            program.start()
        self.wait()

    def wait(self) -> float:
        """Wait until the site answers a person again; return the seconds that it took."""
        began = time.monotonic()
        while time.monotonic() < began + STARTED_WITHIN_S:
            if self._answers():
                return time.monotonic() - began
            time.sleep(GLANCE_S)
        raise NotAnswering(f"no page in {STARTED_WITHIN_S} s; see {self.web.log}")

    def said(self, words: str) -> int:
        """Return in how many lines of their logs the workers said these words."""
        return sum(
            words in line
            for worker in self.workers
            for line in worker.log.read_text(errors="replace").splitlines()
        )

    def stop(self) -> None:
        """Stop everything."""
        for program in self.programs:
            program.stop()

    def _answers(self) -> bool:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            connection.request("GET", "/sign-in")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
