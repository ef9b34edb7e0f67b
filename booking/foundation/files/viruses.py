"""Asks a ClamAV daemon about a file, by its INSTREAM command; off unless `CLAMD` is set.

`CLAMD` is `tcp://host:port` or `unix:///path`. A daemon that is set and does not answer means that
nothing is taken: a check that lets everything through when it is ill is none.
"""

import socket
from contextlib import closing
from urllib.parse import urlsplit

from flask import current_app

from booking.foundation.files.refusals import FileInfected, FileNotTaken, VirusCheckAway
from booking.foundation.settings import BadSetting

#: How long to wait for each step of the conversation.
SECONDS = 10
PORT = 3310
_PIECE = 64 * 1024
_ANSWER_MAX = 4096
_AWAY = (
    "We cannot check files for viruses at the moment, so this one was not taken. Try again in a "
    "few minutes; if that does not help, tell the network lead."
)


def check_setting(address: str) -> None:
    """Raise BadSetting unless `CLAMD` is empty or says where the daemon is."""
    if not address:
        return
    try:
        _where(address)
    except ValueError as error:
        raise BadSetting(
            f"CLAMD is '{address}'; use tcp://host:port or unix:///path, or leave it empty."
        ) from error


def check(address: str, content: bytes) -> None:
    """Ask about a content; nothing is asked if no address is set.

    Raises FileInfected, VirusCheckAway.
    """
    if not address:
        return
    try:
        said = _asked(address, content)
    except (OSError, ValueError) as error:
        raise VirusCheckAway(_AWAY) from error
    if said.endswith("FOUND"):
        raise FileInfected(
            "The virus check found something harmful in this file, so it was not taken. Check the "
            "computer it comes from."
        )
    if said != "stream: OK":
        raise VirusCheckAway(_AWAY)


def answers(address: str) -> bool:
    """Return whether the daemon is there, by its PING command."""
    try:
        with closing(_connection(address)) as line:
            line.sendall(b"zPING\0")
            return _answer(line) == "PONG"
    except (OSError, ValueError):
        return False


def harmful(content: bytes) -> str:
    """Return why a content is not taken, "" if it is: for forms that keep no file."""
    try:
        check(current_app.config["CLAMD"], content)
    except FileNotTaken as refusal:
        return str(refusal)
    return ""


def _asked(address: str, content: bytes) -> str:
    with closing(_connection(address)) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _PIECE):
            piece = content[start : start + _PIECE]
            line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(bytes(4))
        return _answer(line)


def _answer(line: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _ANSWER_MAX:
        part = line.recv(_ANSWER_MAX)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0").decode("utf-8", errors="replace").strip()


def _connection(address: str) -> socket.socket:
    where = _where(address)
    if not isinstance(where, str):
        return socket.create_connection(where, timeout=SECONDS)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(SECONDS)
    try:
        line.connect(where)
    except OSError:
        line.close()
        raise
    return line


def _where(address: str) -> tuple[str, int] | str:
    """Return the host and port, or the path of a socket. Raises ValueError."""
    parts = urlsplit(address)
    if parts.scheme == "tcp" and parts.hostname:
        return parts.hostname, parts.port or PORT
    if parts.scheme == "unix" and parts.path:
        return parts.path
    raise ValueError(address)
