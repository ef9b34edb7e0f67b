"""Requests one page over and over for a set time, and counts the answers."""

import http.client
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Mapping

CONNECTIONS = 4
REQUESTS_MAX = 1_000_000


class WrongAnswer(RuntimeError):
    """A page did not answer as expected, so its rate would mean nothing."""


def rate(port: int, path: str, headers: Mapping[str, str], *, status: int, seconds: float) -> float:
    """Return how many requests were answered per second."""
    _check(port, path, headers, status)
    if seconds >= 1 and shutil.which("wrk"):
        return _by_wrk(port, path, headers, seconds)
    return _by_threads(port, path, headers, seconds)


def _check(port: int, path: str, headers: Mapping[str, str], status: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=dict(headers))
    if (found := connection.getresponse().status) != status:
        raise WrongAnswer(f"{path} answered {found}, not {status}")
    connection.close()


def _by_wrk(port: int, path: str, headers: Mapping[str, str], seconds: float) -> float:
    named = [part for name, text in headers.items() for part in ("-H", f"{name}: {text}")]
    said = subprocess.run(
        [
            "wrk",
            "-t1",
            f"-c{CONNECTIONS}",
            f"-d{seconds:.0f}s",
            *named,
            f"http://127.0.0.1:{port}{path}",
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds + 30,
    ).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if found is None or not float(found[1]) or "Non-2xx" in said or "Socket errors" in said:
        raise WrongAnswer(f"{path}:\n{said}")
    return float(found[1])


def _by_threads(port: int, path: str, headers: Mapping[str, str], seconds: float) -> float:
    counts = [0] * CONNECTIONS
    began = time.perf_counter()

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() - began < seconds and counts[number] < REQUESTS_MAX:
            connection.request("GET", path, headers=dict(headers))
            connection.getresponse().read()
            counts[number] += 1
        connection.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - began)
