"""A clean database for each test: migrated once, then copied from that template."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, Engine, create_engine, make_url, text

from tests import postgres
from tests.brooms import PostgresBroom, SqliteBroom
from tests.builders.past import past

FILE_COPY_SINCE = 150000  # copying files is twice as fast as PostgreSQL's default for a small one
#: Deleted rows stay in PostgreSQL's files, so it is given new ones now and then.
SWEPT_MAX = 40


class TestDatabase(Protocol):
    """One database that a worker's tests use one after another."""

    __test__ = False

    url: str

    def keep_as_template(self) -> None:
        """Remember what the database holds now; nobody may be connected."""

    def reset(self) -> None:
        """Restore what the template holds; nobody may be connected."""

    def empty(self) -> bool:
        """Restore what the template holds while others stay connected; return whether it could."""

    def remember(self) -> None:
        """Remember what the database holds now, until the run ends; nobody may be connected."""

    def bring_back(self) -> None:
        """Restore what was remembered; nobody may be connected."""

    def leave_alone(self) -> None:
        """Close the connection that sweeps; the next test gets a new database."""

    def another(self) -> str:
        """Return the address of one more database, with nothing in it."""


class SqliteDatabase:
    """A file, in memory if there is room, because a commit waits for the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "fairplace.db"
        self.template = folder / "template.db"
        self.remembered = folder / "remembered.db"
        self.url = f"sqlite:///{self.path}"
        self.broom: SqliteBroom | None = None
        #: The file that the broom was made for.
        self.known = 0

    def keep_as_template(self) -> None:
        """Copy the file aside."""
        self.path.touch()
        shutil.copyfile(self.path, self.template)

    def reset(self) -> None:
        """Replace the file with a fresh copy, and delete what was kept beside it."""
        self._put_broom_away()
        self._delete_all_but(self.template, self.remembered)
        shutil.copyfile(self.template, self.path)
        self.known = self.path.stat().st_ino
        past.begin(self.url)

    def empty(self) -> bool:
        """Delete what was written since: connections stay, and need not learn the tables anew."""
        if self.known != (self.path.exists() and self.path.stat().st_ino):
            return False
        self.broom = self.broom or SqliteBroom(self.path, self.template)
        if not self.broom.sweep():
            self._put_broom_away()
            return False
        beside = (self.path.with_name(f"{self.path.name}{end}") for end in ("", "-wal", "-shm"))
        self._delete_all_but(self.template, self.remembered, *beside)
        past.begin(self.url)
        return True

    def _delete_all_but(self, *kept: Path) -> None:
        for left in self.folder.iterdir():
            if left not in kept and left.is_file():
                left.unlink()

    def _put_broom_away(self) -> None:
        if self.broom is not None:
            self.broom.close()
        self.broom, self.known = None, 0

    def remember(self) -> None:
        """Copy the file aside."""
        self._put_broom_away()
        shutil.copyfile(self.path, self.remembered)

    def bring_back(self) -> None:
        """Replace the file with the copy."""
        self._put_broom_away()
        shutil.copyfile(self.remembered, self.path)
        past.end()

    def leave_alone(self) -> None:
        """Close the connection that sweeps."""
        self._put_broom_away()

    def another(self) -> str:
        """Return the address of a file that does not exist yet."""
        return f"sqlite:///{tempfile.mkdtemp(dir=self.folder)}/another.db"


class PostgresDatabase:
    """A database on the run's server, named after the worker that uses it."""

    def __init__(self, server: URL, worker: str) -> None:
        self.server = server
        self.name = f"fairplace_{os.getpid()}_{worker}"
        self.names = [self.name]
        self.url = self._url(self.name)
        self.broom: PostgresBroom | None = None
        self.last: PostgresBroom | None = None
        self.admin: Engine = create_engine(server, isolation_level="AUTOCOMMIT")
        with self.admin.connect() as connection:
            version = connection.scalar(text("SHOW server_version_num"))
        self.strategy = " STRATEGY file_copy" if int(version) >= FILE_COPY_SINCE else ""
        self._do(f"CREATE DATABASE {self.name} TEMPLATE template0")

    @property
    def template(self) -> str:
        """The name of the template's database."""
        return f"{self.name}_template"

    def keep_as_template(self) -> None:
        """Rename the database; `reset` makes a new one."""
        self._do(f"ALTER DATABASE {self.name} RENAME TO {self.template}")
        self.names.append(self.template)
        self.last = None

    def reset(self) -> None:
        """Drop the database, even if somebody is connected, and copy the template."""
        self._put_broom_away()
        self._copy(self.name, self.template)
        self.broom = self.last = PostgresBroom(self.url, self.last)
        past.begin(self.url)

    def empty(self) -> bool:
        """Delete what was written since: connections stay, and need not learn the tables anew."""
        if self.broom is None or self.broom.swept >= SWEPT_MAX or not self.broom.sweep():
            return False
        past.begin(self.url)
        return True

    def _put_broom_away(self) -> None:
        if self.broom is not None:
            self.broom.close()
        self.broom = None

    def remember(self) -> None:
        """Copy the database."""
        self._put_broom_away()
        self._copy(f"{self.name}_remembered", self.name)
        self.names.append(f"{self.name}_remembered")

    def bring_back(self) -> None:
        """Copy it back."""
        self._put_broom_away()
        self._copy(self.name, f"{self.name}_remembered")

    def _copy(self, name: str, template: str) -> None:
        self._do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self._do(f"CREATE DATABASE {name} TEMPLATE {template}{self.strategy}")

    def leave_alone(self) -> None:
        """Close the connection that sweeps."""
        self._put_broom_away()

    def another(self) -> str:
        """Return the address of one more database, dropped at the end."""
        name = f"{self.name}_{len(self.names)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE template0")
        self.names.append(name)
        return self._url(name)

    def close(self) -> None:
        """Drop every database made here."""
        self._put_broom_away()
        for name in self.names:
            self._do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self.admin.dispose()

    def _url(self, name: str) -> str:
        return self.server.set(database=name).render_as_string(hide_password=False)

    def _do(self, statement: str) -> None:
        with self.admin.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def sqlite() -> Iterator[SqliteDatabase]:
    """Provide a SQLite database in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="fairplace-", dir=postgres.memory()) as folder:
        yield SqliteDatabase(Path(folder))


@contextmanager
def postgresql(server: str, worker: str) -> Iterator[PostgresDatabase]:
    """Provide a database on `server`; it and its copies are dropped at the end."""
    database = PostgresDatabase(make_url(server), worker)
    try:
        yield database
    finally:
        database.close()
