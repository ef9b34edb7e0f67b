"""Rows by the thousand: collected, numbered and written in batches, table by table."""

from collections import Counter
from typing import Any

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.orm import Session

from booking.foundation import encryption
from booking.foundation.db import Base

#: How many rows are collected before all of them are written.
BATCH = 5_000


class Rows:
    """New rows for an empty database, written within the caller's transaction.

    Ids count from 1, so that a row can name another that is not written yet.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._order = Base.metadata.sorted_tables
        self._waiting: dict[Table, list[dict[str, Any]]] = {table: [] for table in self._order}
        self._ids: Counter[Table] = Counter()
        self._count = 0

    def add(self, model: type[Base], **values: Any) -> int:
        """Add a row to be written; return its id. It may refer to rows added before it."""
        table = model.__table__
        assert isinstance(table, Table)
        self._ids[table] += 1
        if "id" in table.c:
            values["id"] = self._ids[table]
        self._waiting[table].append(encryption.placed_row(table, values))
        self._count += 1
        if self._count >= BATCH:
            self._write()
        return self._ids[table]

    def counts(self) -> dict[str, int]:
        """Return how many rows were added to each table."""
        return {table.name: self._ids[table] for table in self._order if self._ids[table]}

    def finish(self) -> None:
        """Write the remaining rows, and let the database number new rows after them."""
        self._write()
        if self._session.get_bind().dialect.name != "postgresql":
            return
        for table, last in self._ids.items():
            if "id" in table.c:
                sequence = func.pg_get_serial_sequence(table.name, "id")
                self._session.execute(select(func.setval(sequence, last)))
        # The ledger is checked row by row on commit; without its size, each check reads all of it.
        self._session.execute(text("ANALYZE"))

    def _write(self) -> None:
        for table in self._order:
            if rows := self._waiting[table]:
                self._session.execute(insert(table), rows)
                self._waiting[table] = []
        self._count = 0
