"""What a database holds, in a few numbers: to tell whether a restored copy is what was copied."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection

from booking.domain import chain

#: Every table that there is, whichever version made it: a copy is made before an upgrade, too.
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
}
#: The tables of the seals, whose newest row has the hash of everything before it.
CHAINS = ("audit_seals", "ledger_seals")
#: Returns the rows of a statement.
Reader = Callable[[str], Sequence[Sequence[Any]]]


@dataclass(frozen=True)
class Contents:
    """How many rows each table has, and the hash in which each chain ends."""

    rows: Mapping[str, int]
    heads: Mapping[str, str]

    @property
    def digest(self) -> str:
        """Return one hash for all of it, in hex: it tells nobody a number."""
        canonical = json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


def of(connection: Connection) -> Contents:
    """Return what a database holds, in the connection's transaction."""
    return read(
        lambda statement: connection.execute(text(statement)).all(), connection.dialect.name
    )


def read(rows_of: Reader, engine: str) -> Contents:
    """Return what a database of this kind holds."""
    names = sorted(name for (name,) in rows_of(TABLES[engine]))
    counts = {name: int(rows_of(f'SELECT COUNT(*) FROM "{name}"')[0][0]) for name in names}  # noqa: S608 - the database's own names
    return Contents(counts, {name: _head(rows_of, name) for name in CHAINS if name in counts})


def _head(rows_of: Reader, table: str) -> str:
    found = rows_of(f"SELECT hash FROM {table} ORDER BY id DESC LIMIT 1")  # noqa: S608 - see above
    return str(found[0][0]) if found else chain.GENESIS
