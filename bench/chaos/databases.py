"""The database that is tried: a SQLite file, or a PostgreSQL cluster that keeps its promises."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from sqlalchemy import create_engine, text
from sqlalchemy.engine import Connection
from sqlalchemy.pool import NullPool

from tests import postgres

STARTED_WITHIN_S = 60
#: The tests' cluster forgoes these, because nobody needs its rows again. Here somebody does.
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "autovacuum": "on"}


class Database(Protocol):
    """Where the site keeps everything."""

    engine: str
    url: str

    def backends(self) -> list[int]:
        """Return the processes that serve its connections."""

    def crash(self) -> None:
        """Let it die as a whole, and start it again."""


class Sqlite:
    """One file with its log beside it."""

    engine = "SQLite"

    def __init__(self, folder: Path) -> None:
        self.file = folder / "fairplace.db"
        self.url = f"sqlite:///{self.file}"

    def backends(self) -> list[int]:
        """Return nothing: whoever writes is a process of the site."""
        return []

    def crash(self) -> None:
        """Do nothing: there is no server."""


class Postgresql:
    """A database in a cluster of its own."""

    engine = "PostgreSQL"

    def __init__(self, cluster: postgres.Cluster) -> None:
        self.cluster = cluster
        server = cluster.start()
        self.server = server.render_as_string(hide_password=False)
        with self._connected() as connection:
            for name, value in DURABLE.items():
                connection.execute(text(f"ALTER SYSTEM SET {name} = {value}"))
            connection.execute(text("SELECT pg_reload_conf()"))
            connection.execute(text("CREATE DATABASE chaos TEMPLATE template0"))
        self.url = server.set(database="chaos").render_as_string(hide_password=False)

    def backends(self) -> list[int]:
        """Return the processes that serve the site's connections."""
        try:
            with self._connected() as connection:
                rows = connection.scalars(
                    text("SELECT pid FROM pg_stat_activity WHERE datname = 'chaos'")
                )
                return [int(pid) for pid in rows]
        except Exception:  # noqa: BLE001 - it has just been killed
            return []

    def crash(self) -> None:
        """Kill the postmaster and whatever it leaves; start again from its own log."""
        pid = int((self.cluster.data / "postmaster.pid").read_text().split()[0])
        left = self.backends()
        for process in (pid, *left):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._start_again()

    def _start_again(self) -> None:
        until = time.monotonic() + STARTED_WITHIN_S
        while True:
            try:
                self.cluster.start_again()
            except postgres.NoServer:
                # What it left behind is still ending, or it is still reading its log.
                if time.monotonic() > until:
                    raise
                time.sleep(0.5)
            else:
                return

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        engine = create_engine(self.server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            yield connection


@contextmanager
def opened(engine: str, folder: Path) -> Iterator[Database]:
    """Provide an empty database of a kind."""
    if engine == "sqlite":
        yield Sqlite(folder)
        return
    cluster = postgres.Cluster(postgres.binaries())
    try:
        yield Postgresql(cluster)
    finally:
        cluster.remove()
