"""`python -m tests.populated`: keep the demonstration's databases as this version makes them.

One for each engine, as that engine writes itself out: `tests/migrations/populated/`. Every later
version has to upgrade them (`tests/migrations/test_populated.py`). Those of a release stay as they
are; those of a version that is being worked on may be written anew.
"""

import lzma
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg
from sqlalchemy import URL, create_engine, make_url, text

from booking import __version__, create_app
from booking.cli.demo import seeding
from booking.foundation import clock, schema
from booking.foundation.db import db
from booking.foundation.notifications import wake
from booking.upkeep import moving
from tests import conftest, postgres

FOLDER = Path(__file__).parent / "migrations" / "populated"


def path_of(version: str, engine: str) -> Path:
    """Return where a version's database is kept."""
    return FOLDER / f"{version}.{engine}.sql.xz"


def versions() -> list[str]:
    """Return the versions of which there are databases."""
    return sorted({path.name.rsplit(".", 3)[0] for path in FOLDER.glob("*.sql.xz")})


@dataclass(frozen=True)
class Populated:
    """A database that was kept, and when it was made."""

    made_at: datetime
    statements: str

    @classmethod
    def read(cls, version: str, engine: str) -> "Populated":
        """Read what was kept."""
        whole = lzma.decompress(path_of(version, engine).read_bytes()).decode()
        first, _, rest = whole.partition("\n")
        return cls(datetime.fromisoformat(first.split()[-1]), rest)

    def load_into(self, address: str) -> None:
        """Fill an empty database."""
        url = make_url(address)
        if url.get_backend_name() == "sqlite":
            with closing(sqlite3.connect(str(url.database))) as connection:
                connection.executescript(self.statements)
            return
        with psycopg.connect(_plain(url), autocommit=True) as connection:
            connection.execute(self.statements.encode())


def _plain(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _keep(version: str, engine: str, made_at: datetime, head: str, statements: str) -> None:
    first = f"-- Fairplace {version} at {head}, {made_at.isoformat()}"
    packed = lzma.compress(f"{first}\n{statements}".encode(), preset=9 | lzma.PRESET_EXTREME)
    path_of(version, engine).write_bytes(packed)


def _written_by_postgresql(server: URL, name: str) -> str:
    """Return a database as statements that any driver can send."""
    program = postgres.binaries() / "pg_dump"
    how = ["--inserts", "--rows-per-insert=200", "--no-owner", "--no-privileges"]
    address = _plain(server.set(database=name))
    done = subprocess.run([program, *how, address], capture_output=True, text=True, check=True)
    # The lines for psql alone, which newer versions write, begin with a backslash.
    return "".join(
        line for line in done.stdout.splitlines(keepends=True) if not line.startswith("\\")
    )


def write(version: str) -> None:
    """Seed the demonstration, move it to PostgreSQL, and keep both."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob(f"{version.partition('.dev')[0]}.dev*.sql.xz"):
        old.unlink()
    now = clock.now()
    with tempfile.TemporaryDirectory() as folder, postgres.server() as server:
        path = Path(folder) / "fairplace.db"
        app = create_app({"DATABASE_URL": f"sqlite:///{path}"})
        conftest.migrate(app)
        with app.app_context(), wake.worker.instead(lambda: None):
            seeding.seed(now)
            head = schema.expected()
            db.session.rollback()
            db.engine.dispose()
        with closing(sqlite3.connect(path)) as connection:
            _keep(version, "sqlite", now, head, "\n".join(connection.iterdump()))
        with create_engine(server, isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("CREATE DATABASE populated TEMPLATE template0"))
        with app.app_context():
            address = server.set(database="populated").render_as_string(hide_password=False)
            other = app.extensions["on_database"](address)
        moving.move(app, other, tell=lambda _doing: None)
        statements = _written_by_postgresql(server, "populated")
        _keep(version, "postgresql", now, head, statements)


if __name__ == "__main__":
    sys.stdout.write("Seeding the demonstration (about a minute) …\n")
    write(__version__)
    for kept in sorted(FOLDER.glob(f"{__version__}.*")):
        sys.stdout.write(f"Wrote {kept.name}, {kept.stat().st_size:,} bytes.\n")
