"""Backup and restore: a complete, consistent copy, with a checksum that restore insists on."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
from datetime import datetime
from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.engine import URL, make_url

from booking.foundation.db import db, sqlite_driver, transaction
from booking.upkeep import service
from booking.upkeep.details import BACKUP

CHUNK = 1 << 20


class BackupFailed(RuntimeError):
    """The copy could not be made or checked; the message says why."""


class RestoreRefused(RuntimeError):
    """Restoring would lose data or use a damaged copy; the message says which."""


def backup(path: Path) -> str:
    """Write a consistent copy of the database to `path` and its SHA-256 beside it.

    SQLite: VACUUM INTO, safe while the site runs. PostgreSQL: pg_dump in its custom format.
    Returns the checksum. Raises BackupFailed.
    """
    if path.exists():
        raise BackupFailed(f"{path} already exists. Name a new file.")
    path.parent.mkdir(parents=True, exist_ok=True)
    url = make_url(db.engine.url.render_as_string(hide_password=False))
    if url.get_backend_name() == "sqlite":
        _copy_sqlite(path)
    else:
        _pg("pg_dump", url, "--format=custom", f"--file={path}")
    path.chmod(0o600)
    digest = checksum(path)
    beside(path).write_text(f"{digest}  {path.name}\n")
    return digest


def _copy_sqlite(path: Path) -> None:
    with db.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.rollback()  # VACUUM runs outside a transaction
        raw.execute("VACUUM INTO ?", (str(path),))


def record(now: datetime) -> None:
    """Write down that a copy was made, so that everybody sees when nightly copies stop."""
    with transaction():
        service.ended(job=BACKUP, by=service.this_process(), now=now)


def restore(path: Path) -> None:
    """Restore the copy at `path` into the configured database, which must be empty.

    Raises RestoreRefused if the checksum differs or the database already holds schools.
    """
    if not path.exists() or not beside(path).exists():
        raise RestoreRefused(f"{path} or its checksum {beside(path).name} is missing.")
    if beside(path).read_text().split()[:1] != [checksum(path)]:
        raise RestoreRefused(f"{path} is damaged: its checksum differs. Use an older copy.")
    if _holds_data():
        raise RestoreRefused("The database already holds data. Restore into an empty one.")
    url = make_url(db.engine.url.render_as_string(hide_password=False))
    db.engine.dispose()
    if url.get_backend_name() == "sqlite":
        _put_sqlite(path, Path(str(url.database)))
    else:
        _pg("pg_restore", url, "--clean", "--if-exists", "--no-owner", str(path))


def _put_sqlite(path: Path, target: Path) -> None:
    for leftover in (Path(f"{target}-wal"), Path(f"{target}-shm")):
        leftover.unlink(missing_ok=True)
    fresh = target.with_name(target.name + ".restoring")
    shutil.copyfile(path, fresh)
    connection: sqlite3.Connection = sqlite_driver().connect(str(fresh))
    (answer,) = connection.execute("PRAGMA integrity_check").fetchone()
    connection.close()
    if answer != "ok":
        fresh.unlink()
        raise RestoreRefused(f"{path} is damaged: {answer}")
    os.replace(fresh, target)


def _holds_data() -> bool:
    # The catalogue first, because querying a missing table is an error on PostgreSQL.
    if not inspect(db.engine).has_table("schools"):
        return False
    with db.engine.connect() as connection:
        return bool(connection.execute(text("SELECT COUNT(*) FROM schools")).scalar_one())


def _pg(program: str, url: URL, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise BackupFailed(f"{program} is not installed; it comes with PostgreSQL's client.")
    plain = url.set(drivername="postgresql", password=None)
    # In the environment, because arguments are visible in every list of processes.
    environment = {"PATH": os.defpath, "PGPASSWORD": url.password or ""}
    target = f"--dbname={plain.render_as_string(hide_password=False)}"
    done = subprocess.run(  # noqa: S603 - our own program and arguments, no shell
        [found, target, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupFailed(f"{program}: {done.stderr.strip().splitlines()[-1:]}")


def beside(path: Path) -> Path:
    """Return the path where the checksum of `path` is kept."""
    return path.with_name(path.name + ".sha256")


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file, in hex, reading it in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()
