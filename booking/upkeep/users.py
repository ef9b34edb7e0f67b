"""Who else has the database open, so that it is never replaced under a running process."""

import os
from pathlib import Path

from sqlalchemy import text

from booking.domain import english
from booking.foundation.db import db, sqlite_driver

#: Where Linux says which processes there are, and which hold locks.
PROCESSES = Path("/") / "proc"
OTHERS = """
    SELECT pid, application_name, host(client_addr) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND backend_type = 'client backend' ORDER BY pid
"""


def of_database() -> str:
    """Return who else has the configured database open, in words; "" if nobody has."""
    if db.engine.dialect.name == "sqlite":
        db.engine.dispose()
        return _of_file(Path(str(db.engine.url.database)))
    with db.engine.connect() as connection:
        found = connection.execute(text(OTHERS)).all()
    return english.listed([_said(*each) for each in found]) if found else ""


def _said(pid: int, name: str, address: str | None) -> str:
    """Return a connection to PostgreSQL in words."""
    return f"connection {pid} ({name or 'unnamed'}{f', from {address}' if address else ''})"


def _of_file(path: Path) -> str:
    """Return who has a file of SQLite's open.

    Whoever has it open with a write-ahead log keeps a shared lock on it, even while idle. Taking
    the log away needs all the locks, so that is refused as long as there is anybody else.
    """
    if not path.exists():
        return ""
    driver = sqlite_driver()
    probe = driver.connect(str(path), timeout=0, isolation_level=None)
    try:
        probe.execute("PRAGMA journal_mode=DELETE")
    except driver.OperationalError:
        return english.listed(_lockers(path) or ["another process"])
    finally:
        probe.close()
    return ""


def _lockers(path: Path) -> list[str]:
    """Return the processes with a lock on a file, where the system says which (Linux)."""
    found = path.stat()
    file = f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"
    try:
        lines = [line.split() for line in (PROCESSES / "locks").read_text().splitlines()]
    except OSError:
        return []
    pids = {int(line[4]) for line in lines if len(line) > 5 and line[5] == file}
    return [f"process {pid}{_name(pid)}" for pid in sorted(pids - {os.getpid()}) if pid > 0]


def _name(pid: int) -> str:
    """Return what a process runs: only names of programs, because arguments may be secrets."""
    try:
        words = (PROCESSES / str(pid) / "cmdline").read_text().split("\0")
    except OSError:
        return ""
    names = [Path(word).name for word in words[:2] if word]
    names += ["worker"] if "worker" in words[2:] else []
    return f" ({' '.join(names)})" if names else ""
