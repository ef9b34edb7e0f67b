"""Writes everything encrypted anew under the newest key, bound to its place, while the site runs.

A batch is read and encrypted outside any transaction; then each row is changed in a short one, only
if it still is as it was read. What was interrupted goes on where it was, because what has been
written anew is not found again.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, TableClause, or_, select, tuple_, update

from booking.domain.permissions import COMMAND
from booking.foundation import encryption
from booking.foundation.audit import service as audit
from booking.foundation.db import db, transaction
from booking.foundation.encryption import SEAL, CannotDecrypt, field_keys
from booking.upkeep import encrypted

#: How many rows are changed in one transaction; few of those that may be files.
BATCH, BATCH_OF_FILES = 200, 5
#: How often everything is gone through, for rows that somebody changed meanwhile.
PASSES = 3
#: Hears of which table, and how many of its rows were written anew so far.
Progress = Callable[[str, int], object]


@dataclass(frozen=True)
class Rolled:
    """What a run came to."""

    #: The id of the key that everything is under now.
    key: str
    #: How many values were written anew, and how many could not be read.
    values: int
    unreadable: int

    def as_json(self) -> dict[str, str | int]:
        """Return it for a program."""
        return {"key": self.key, "values": self.values, "unreadable": self.unreadable}


def roll(*, tell: Progress = lambda _table, _rows: None) -> Rolled:
    """Write anew whatever is under an older key or not bound to its place; return how much.

    What cannot be read stays as it is. May run while the site does, and be killed at any moment.
    """
    done = 0
    for _ in range(PASSES):
        changed = sum(_roll_table(table, tell) for table in encrypted.tables())
        done += changed
        if not changed:
            break
    _whole, left = encrypted.count()
    db.session.rollback()
    rolled = Rolled(field_keys.ids[0], done, left)
    with transaction():
        audit.note(actor=COMMAND, action="roll_keys", about="field_keys", **rolled.as_json())
    return rolled


def _roll_table(table: Table, tell: Progress) -> int:
    """Write a table's values anew; return how many."""
    values = rows = 0
    for batch in _batches(table):
        anew = [(row, found) for row in batch if (found := _anew(table, row))]
        if anew:
            with transaction():
                values += sum(len(new) - 1 for row, new in anew if _change(table, row, new))
        rows += len(batch)
        tell(table.name, rows)
    return values


def _batches(table: Table) -> Iterator[list[Row[Any]]]:
    """Yield rows that hold something outdated, as they are stored, by their primary key."""
    columns = encryption.encrypted_columns(table)
    key = list(table.primary_key)
    size = BATCH if all(map(encrypted.is_text, columns)) else BATCH_OF_FILES
    values = (encrypted.stored(each).label(each.name) for each in columns)
    some = or_(*map(encrypted.outdated, columns))
    wanted = select(*key, table.c[SEAL], *values).where(some).order_by(*key).limit(size)
    after: tuple[Any, ...] | None = None
    while True:
        further = wanted if after is None else wanted.where(tuple_(*key) > after)
        found: list[Row[Any]] = list(db.session.execute(further))
        db.session.rollback()
        if not found:
            return
        yield found
        after = tuple(found[-1][: len(key)])


def _anew(table: Table, row: Row[Any]) -> dict[str, str | bytes]:
    """Return a row's outdated values written anew, by column; not those that cannot be read."""
    held = row._mapping
    seal = held[SEAL] or encryption.new_seal()
    anew: dict[str, str | bytes] = {}
    for column in encryption.encrypted_columns(table):
        old = held[column.name]
        if old is None or encrypted.as_text(old).startswith(field_keys.newest):
            continue
        where = encryption.place(column)
        try:
            plain = field_keys.decrypt(
                encrypted.as_text(old), encryption.bound_to(where, held[SEAL])
            )
        except (CannotDecrypt, ValueError):
            continue
        text = field_keys.encrypt(plain, encryption.bound_to(where, seal))
        anew[column.name] = text if encrypted.is_text(column) else text.encode()
    return {**anew, SEAL: seal} if anew else {}


def _change(table: Table, row: Row[Any], anew: dict[str, str | bytes]) -> bool:
    """Change a row unless somebody has done so since it was read; return whether it was."""
    plain = encrypted.as_stored(table)
    held = row._mapping
    this = [plain.c[key.name] == held[key.name] for key in table.primary_key]
    as_read = _as_read(plain, held, anew)
    changed: Any = db.session.execute(update(plain).where(*this, *as_read).values(anew))
    return bool(changed.rowcount)


def _as_read(plain: TableClause, held: Any, names: Iterable[str]) -> list[ColumnElement[bool]]:
    return [plain.c[name].is_not_distinct_from(held[name]) for name in names]
