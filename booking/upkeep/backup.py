"""Backup and restore: a complete, consistent copy, with a checksum that restore insists on."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO

from sqlalchemy import inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DatabaseError

from booking.foundation import folders
from booking.foundation.db import db, sqlite_driver, transaction
from booking.upkeep import age, contents, copies, service, users
from booking.upkeep.contents import Contents
from booking.upkeep.details import BACKUP

CHUNK = 1 << 20


class BackupFailed(RuntimeError):
    """The copy could not be made or checked; the message says why."""


class RestoreRefused(RuntimeError):
    """Restoring would lose data or use a damaged copy; the message says which."""


def backup(path: Path, *, encrypt_to: Sequence[str] = ()) -> str:
    """Write a consistent copy of the database to `path`, and beside it its SHA-256 and contents.

    SQLite: VACUUM INTO, safe while the site runs. PostgreSQL: pg_dump in its custom format. With
    `encrypt_to`, only the encrypted copy is ever where copies are kept. Returns the checksum.
    Raises BackupFailed.
    """
    if path.exists():
        raise BackupFailed(f"{path} already exists. Name a new file.")
    with folders.ours_alone():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        try:
            held = _write(path, encrypt_to)
        except BaseException:
            path.unlink(missing_ok=True)  # half a copy must not be taken for one
            raise
        digest = checksum(path)
        copies.beside(path).write_text(f"{digest}  {path.name}\n")
        copies.contents_beside(path).write_text(f"{held.digest}  {path.name}\n")
    return digest


def _write(path: Path, encrypt_to: Sequence[str]) -> Contents:
    url = make_url(db.engine.url.render_as_string(hide_password=False))
    if url.get_backend_name() == "postgresql":
        with path.open("wb") as file, _one_state() as (snapshot, held):
            _dump_postgresql(url, file, encrypt_to, snapshot)
        return held
    if not encrypt_to:
        return _copy_sqlite(path)
    # Beside the database, which can be read as well as this; nobody else may open the folder.
    with TemporaryDirectory(prefix="copying-", dir=Path(str(url.database)).parent) as folder:
        plain = Path(folder) / "copy"
        held = _copy_sqlite(plain)
        with plain.open("rb") as reader, path.open("wb") as writer:
            age.encrypt(reader, writer, encrypt_to)
    return held


def _copy_sqlite(path: Path) -> Contents:
    """Copy the database, and return what the copy holds: nobody else has touched it yet."""
    with db.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.rollback()  # VACUUM runs outside a transaction
        raw.execute("VACUUM INTO ?", (str(path),))
    copied = sqlite_driver().connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)
    try:
        return contents.read(lambda statement: copied.execute(statement).fetchall(), "sqlite")
    finally:
        copied.close()


@contextmanager
def _one_state() -> Iterator[tuple[str, Contents]]:
    """Hold one state of a PostgreSQL database for pg_dump: its name, and what is in it."""
    one_state = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with db.engine.connect().execution_options(**one_state) as connection:
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        yield snapshot, contents.of(connection)


def _dump_postgresql(url: URL, file: IO[bytes], encrypt_to: Sequence[str], snapshot: str) -> None:
    """Let pg_dump write, or encrypt what it writes: nothing else of it reaches the disk."""
    command, environment = _command("pg_dump", url, "--format=custom", f"--snapshot={snapshot}")
    with TemporaryFile() as errors:
        target = subprocess.PIPE if encrypt_to else file
        with subprocess.Popen(  # noqa: S603 - our own program and arguments, no shell
            command, env=environment, stdout=target, stderr=errors
        ) as dump:
            if dump.stdout is not None:
                age.encrypt(dump.stdout, file, encrypt_to)
        errors.seek(0)
        _refuse_failure("pg_dump", dump.returncode, errors.read().decode(errors="replace"))


def record(now: datetime, *, path: Path | None = None, digest: str = "") -> None:
    """Write down that a copy was made, so that everybody sees when nightly copies stop.

    Where it is, too, so that it can be tried out; None if another program made it.
    """
    where = str(path.absolute()) if path else ""
    with transaction():
        service.ended(job=BACKUP, by=service.this_process(), now=now)
        service.copied(path=where, digest=digest, now=now)


def restore(path: Path, *, key: Path | None = None) -> None:
    """Restore the copy at `path` into the configured database, which must be empty and unused.

    `key` is the file of the private key, if the copy is encrypted. Raises RestoreRefused if the
    copy is damaged or needs another key, or if the database holds schools or is open elsewhere.
    Then nothing has changed.
    """
    if not path.exists() or not copies.beside(path).exists():
        raise RestoreRefused(f"{path} or its checksum {copies.beside(path).name} is missing.")
    if copies.beside(path).read_text().split()[:1] != [checksum(path)]:
        raise RestoreRefused(f"{path} is damaged: its checksum differs. Use an older copy.")
    if _holds_data():
        raise RestoreRefused("The database already holds data. Restore into an empty one.")
    if others := users.of_database():
        raise RestoreRefused(
            f"The database is in use by {others}. Stop the web server and the worker, and restore "
            "again."
        )
    url = make_url(db.engine.url.render_as_string(hide_password=False))
    with _decrypted(path, url, key) as plain:
        if url.get_backend_name() == "sqlite":
            db.engine.dispose()
            _put_sqlite(plain, Path(str(url.database)))
        else:
            _put_postgresql(plain, url)


@contextmanager
def _decrypted(path: Path, url: URL, key: Path | None) -> Iterator[Path]:
    """Have a copy that can be read: itself, or what the private key makes of it."""
    if not age.is_encrypted(path):
        yield path
        return
    if key is None:
        raise RestoreRefused(f"{path} is encrypted. Name the file of its private key with --key.")
    on_sqlite = url.get_backend_name() == "sqlite"
    where = Path(str(url.database)).parent if on_sqlite else None
    with TemporaryDirectory(prefix="restoring-", dir=where) as folder:
        plain = Path(folder) / path.name
        try:
            age.decrypt(path, plain, key)
        except age.Damaged as error:
            raise RestoreRefused(
                f"{path} is damaged, although its checksum is right ({error}). Use an older copy."
            ) from error
        except age.CannotOpen as error:
            raise RestoreRefused(str(error)) from error
        yield plain


def _put_sqlite(path: Path, target: Path) -> None:
    fresh = target.with_name(target.name + ".restoring")
    try:
        with folders.ours_alone():
            shutil.copyfile(path, fresh)
        _check_pages(path, fresh)
        for leftover in (Path(f"{target}-wal"), Path(f"{target}-shm")):
            leftover.unlink(missing_ok=True)
        os.replace(fresh, target)
    finally:
        for leftover in (fresh, Path(f"{fresh}-journal")):
            leftover.unlink(missing_ok=True)


def _check_pages(path: Path, fresh: Path) -> None:
    """Raise RestoreRefused if the pages of a copy are broken, although its checksum is right."""
    driver = sqlite_driver()
    connection: sqlite3.Connection = driver.connect(str(fresh))
    try:
        (answer,) = connection.execute("PRAGMA integrity_check").fetchone()
    except driver.DatabaseError as error:
        answer = str(error)
    finally:
        connection.close()
    if answer != "ok":
        raise RestoreRefused(
            f"{path} is damaged, although its checksum is right ({answer}). Use an older copy."
        )


def _put_postgresql(path: Path, url: URL) -> None:
    """Restore completely or not at all."""
    # What a newer version has added would stand in the way of the migrations that add it again.
    tables = [f'"{name}"' for name in inspect(db.engine).get_table_names()]
    _pg("pg_restore", url, "--list", str(path), connected=False)  # is it readable at all?
    if tables:
        with db.engine.begin() as connection:
            connection.execute(text(f"DROP TABLE {', '.join(tables)} CASCADE"))
    db.engine.dispose()
    _pg(
        "pg_restore",
        url,
        "--clean",
        "--if-exists",
        "--no-owner",
        "--single-transaction",
        str(path),
    )


def _holds_data() -> bool:
    try:
        # The catalogue first, because querying a missing table is an error on PostgreSQL.
        if not inspect(db.engine).has_table("schools"):
            return False
        with db.engine.connect() as connection:
            return bool(connection.execute(text("SELECT COUNT(*) FROM schools")).scalar_one())
    except DatabaseError as error:
        raise RestoreRefused(
            f"The database cannot be read ({error.orig}). Restore into an empty one: move its file "
            "away first, or create another database."
        ) from error


def _pg(program: str, url: URL, *arguments: str, connected: bool = True) -> None:
    command, environment = _command(program, url, *arguments, connected=connected)
    done = subprocess.run(  # noqa: S603 - our own program and arguments, no shell
        command, env=environment, capture_output=True, text=True, check=False
    )
    _refuse_failure(program, done.returncode, done.stderr)


def _command(
    program: str, url: URL, *arguments: str, connected: bool = True
) -> tuple[list[str], dict[str, str]]:
    """Return how one of PostgreSQL's programs is called, and its environment."""
    found = shutil.which(program)
    if found is None:
        raise BackupFailed(f"{program} is not installed; it comes with PostgreSQL's client.")
    plain = url.set(drivername="postgresql", password=None)
    # In the environment, because arguments are visible in every list of processes.
    environment = {"PATH": os.defpath, "PGPASSWORD": url.password or ""}
    target = [f"--dbname={plain.render_as_string(hide_password=False)}"] if connected else []
    return [found, *target, *arguments], environment


def _refuse_failure(program: str, code: int, said: str) -> None:
    if code:
        lines = said.strip().splitlines() or ["it failed and did not say why"]
        raise BackupFailed(f"{program}: {lines[-1]}")


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file, in hex, reading it in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()
