"""Text that a stolen database does not give away: AES-256-GCM with the key kept elsewhere.

A value in a column is bound to its table, its column and its row (GCM's associated data): copied to
another place by whoever can write to the database, it does not decrypt. A row is known by its
`seal`, which is drawn by lot before it is written and never changes; ids are only known afterwards.
Values of earlier versions are not bound, and are read until `fairplace keys roll` has written them
anew.
"""

import base64
import os
import secrets
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import (
    Column,
    ColumnElement,
    Dialect,
    FromClause,
    LargeBinary,
    Text,
    event,
    func,
    inspect,
    literal_column,
    type_coerce,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, Mapper, mapped_column
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlalchemy.types import TypeDecorator

from booking.foundation.settings import BadSetting

NONCE_BYTES = 12
#: How a bound value begins; one that is not bound begins with the id of its key.
BOUND = "bound:"
SEAL = "seal"
#: Stands between the place of a value, its row's seal and what is stored; none of them has one.
BETWEEN = "|"


class BadFieldKey(BadSetting):
    """FIELD_KEY does not have the form id:base64-of-32-bytes."""


class CannotDecrypt(RuntimeError):
    """A value was encrypted with a key that FIELD_KEY no longer has, changed, or moved."""


def read_keys(setting: str) -> dict[str, bytes]:
    """Read `id:base64,id:base64…`, newest first. Raises BadFieldKey."""
    keys = {}
    for part in setting.split(","):
        key_id, _, encoded = part.strip().partition(":")
        try:
            raw = base64.b64decode(encoded, validate=True)
        except ValueError as error:
            raise BadFieldKey(f"The key '{key_id}' in FIELD_KEY is not base64.") from error
        if not key_id or len(raw) != 32:
            raise BadFieldKey("FIELD_KEY must be id:base64 of exactly 32 bytes.")
        keys[key_id] = raw
    return keys


class FieldKeys:
    """The keys of FIELD_KEY: the first encrypts, all of them decrypt."""

    def __init__(self) -> None:
        self._keys: dict[str, AESGCM] = {}
        self._current = ""

    def configure(self, setting: str) -> None:
        """Read `id:base64,id:base64…`, newest first. Raises BadFieldKey."""
        keys = {key_id: AESGCM(raw) for key_id, raw in read_keys(setting).items()}
        self._keys, self._current = keys, next(iter(keys))

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of the keys, newest first."""
        return tuple(self._keys)

    @property
    def newest(self) -> str:
        """Return how everything begins that is bound and encrypted with the newest key."""
        return f"{BOUND}{self._current}:"

    def encrypt(self, plain: bytes, bound_to: str = "") -> str:
        """Return `key id:base64(nonce + ciphertext)`, with `bound:` before it if it is bound."""
        nonce = os.urandom(NONCE_BYTES)
        with_it = _associated(self._current, bound_to)
        sealed = nonce + self._keys[self._current].encrypt(nonce, plain, with_it)
        beginning = self.newest if bound_to else f"{self._current}:"
        return f"{beginning}{base64.b64encode(sealed).decode()}"

    def decrypt(self, stored: str, bound_to: str = "") -> bytes:
        """Return the plain bytes of what `encrypt` returned. Raises CannotDecrypt."""
        is_bound = stored.startswith(BOUND) and stored.count(":") > 1
        key_id, _, encoded = stored.removeprefix(BOUND if is_bound else "").partition(":")
        if key_id not in self._keys:
            raise CannotDecrypt(f"FIELD_KEY lacks the key '{key_id}' that a row needs.")
        sealed = base64.b64decode(encoded)
        try:
            return self._keys[key_id].decrypt(
                sealed[:NONCE_BYTES],
                sealed[NONCE_BYTES:],
                _associated(key_id, bound_to if is_bound else ""),
            )
        except InvalidTag as error:
            raise CannotDecrypt(
                "An encrypted value was changed, copied from another place, or its key replaced."
            ) from error


def _associated(key_id: str, bound_to: str) -> bytes:
    return (f"{key_id}{BETWEEN}{bound_to}" if bound_to else key_id).encode()


field_keys = FieldKeys()


def new_seal() -> str:
    """Return what a new row is known by: 96 random bits."""
    return secrets.token_urlsafe(12)


def place(column: Column[Any]) -> str:
    """Return what a value in this column is bound to, besides its row."""
    return f"{column.table.name}.{column.name}"


def bound_to(where: str, seal: str | None) -> str:
    """Return what a value is bound to; "" in a row without a seal."""
    return f"{where}{BETWEEN}{seal}" if seal else ""


class _PlacedText(str):
    """A text on its way into a column, which knows what it is bound to."""

    bound_to: str


class _PlacedBytes(bytes):
    """The same for bytes."""

    bound_to: str


def placed(value: str | bytes, column: Column[Any], seal: str | None) -> str | bytes:
    """Return a value that may be written into this column of the row with this seal."""
    found: _PlacedText | _PlacedBytes
    found = _PlacedText(value) if isinstance(value, str) else _PlacedBytes(value)
    found.bound_to = bound_to(place(column), seal)
    return found


def placed_row(of: type[Any] | FromClause, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a row for a plain INSERT, or for an UPDATE of all that is encrypted.

    They have a new seal if the table needs one.
    """
    table: FromClause = of if isinstance(of, FromClause) else of.__table__
    if SEAL not in table.c:
        return dict(values)
    seal = new_seal()
    hidden = {
        column.name: placed(values[column.name], column, seal)
        for column in encrypted_columns(table)
        if values.get(column.name) is not None
    }
    return {**values, SEAL: seal, **hidden}


def encrypted_columns(table: FromClause) -> list[Column[Any]]:
    """Return the columns of a table that are encrypted."""
    return [
        each
        for each in table.columns
        if isinstance(each, Column) and isinstance(each.type, EncryptedText | EncryptedBytes)
    ]


class _AsText(FunctionElement[str]):
    """What is stored in an encrypted column, as text: base64 is the same in bytes."""

    name = "as_text"
    inherit_cache = True
    type = Text()


@compiles(_AsText)
def _in_any(element: Any, compiler: Any, **how: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **how)} AS TEXT)"


@compiles(_AsText, "postgresql")
def _in_postgresql(element: Any, compiler: Any, **how: Any) -> str:
    return f"convert_from({compiler.process(element.clauses, **how)}, 'UTF8')"


def _with_place(column: Any, stored: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return what a SELECT asks for: the place, the row's seal and what is stored, in one text."""
    base = next(iter(column.base_columns))
    seal = column.table.corresponding_column(base.table.c[SEAL])
    assert seal is not None, f"whoever selects {place(base)} from a subquery selects its seal too"
    beginning: ColumnElement[str] = literal_column(f"'{place(base)}{BETWEEN}'", Text())
    return beginning + func.coalesce(seal, "") + literal_column(f"'{BETWEEN}'", Text()) + stored


def _encrypted(value: str | bytes) -> str:
    if not value:  # retention empties many rows at once: nothing is in them to be moved elsewhere
        return field_keys.encrypt(b"")
    assert isinstance(value, _PlacedText | _PlacedBytes), "write it by the session, or `placed`"
    plain = value.encode() if isinstance(value, str) else bytes(value)
    return field_keys.encrypt(plain, value.bound_to)


def _decrypted(found: str) -> bytes:
    where, seal, stored = found.split(BETWEEN, 2)
    return field_keys.decrypt(stored, bound_to(where, seal))


class EncryptedText(TypeDecorator[str]):
    """A text column whose stored form is encrypted; its table is `Sealed`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Encrypt on the way in."""
        return None if value is None else _encrypted(value)

    def column_expression(self, column: Any) -> ColumnElement[Any]:
        """Ask for the row's seal with the value."""
        return type_coerce(_with_place(column, type_coerce(column, Text())), self)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """Decrypt on the way out."""
        return None if value is None else _decrypted(value).decode()


class EncryptedBytes(TypeDecorator[bytes]):
    """A binary column (mail attachments) whose stored form is encrypted; its table is `Sealed`."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Encrypt on the way in."""
        return None if value is None else _encrypted(value).encode()

    def column_expression(self, column: Any) -> ColumnElement[Any]:
        """Ask for the row's seal with the value."""
        stored = _AsText(type_coerce(column, LargeBinary()))
        return type_coerce(_with_place(column, stored), _OpenedBytes())

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        """Decrypt on the way out."""
        return None if value is None else _decrypted(value)


class _OpenedBytes(TypeDecorator[bytes]):
    """What such a column is read as: the driver hands out text."""

    impl = Text
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        """Decrypt on the way out."""
        return None if value is None else _decrypted(value)


class Sealed:
    """A table with encrypted columns: what they hold is bound to their row by its seal."""

    #: Never changes: nothing in the row could be read otherwise.
    seal: Mapped[str | None] = mapped_column(default=new_seal, index=True, unique=True)


@event.listens_for(Sealed, "before_insert", propagate=True)
def _seal(mapper: Mapper[Any], _connection: Any, row: Sealed) -> None:
    row.seal = row.seal or new_seal()
    for column in encrypted_columns(mapper.local_table):
        if column.key not in inspect(row).dict and isinstance(
            column.default, ScalarElementColumnDefault
        ):
            setattr(row, column.key, column.default.arg)
        _place(row, column)


@event.listens_for(Sealed, "before_update", propagate=True)
def _place_changes(mapper: Mapper[Any], _connection: Any, row: Sealed) -> None:
    for column in encrypted_columns(mapper.local_table):
        if column.key in inspect(row).committed_state:
            _place(row, column)


def _place(row: Sealed, column: Column[Any]) -> None:
    """Say to a value that is about to be written where it goes; it stays the same value."""
    held = inspect(row).dict
    if held.get(column.key) is not None:
        held[column.key] = placed(held[column.key], column, row.seal)
