"""Hash chains: rows are sealed in batches, so that the first row that was tampered with can be
named.

Each row's hash is SHA-256 over the hash before it and the row's own bytes, so changing, removing or
adding a row changes every hash after it. A seal keeps the hash of each row of its batch; the next
seal starts from its last. A forger who rewrites every seal from some row onwards leaves a chain
that agrees with itself, so keep a copy of the latest hash outside the database (on a printed
statement).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

#: What the first seal starts from.
GENESIS = "0" * 64


class NotCanonical(TypeError):
    """A value (a float, a naive datetime) cannot be written as bytes in exactly one way."""


class NothingToSeal(ValueError):
    """A seal needs at least one row, and its rows in ascending order of id."""


@dataclass(frozen=True)
class ChainMark:
    """The hash of the chain just after one row."""

    row_id: int
    hash: str


@dataclass(frozen=True)
class Seal:
    """One sealed batch of rows, in the order of their ids."""

    first_id: int
    last_id: int
    previous_hash: str
    hash: str
    marks: tuple[ChainMark, ...]


@dataclass(frozen=True)
class Broken:
    """The first row where the chain and the rows disagree, and why, for a person."""

    row_id: int
    reason: str


def row_bytes(row: Mapping[str, object]) -> bytes:
    """Return a row in its one canonical form: UTF-8 JSON, keys sorted, no spaces.

    Dates are ISO 8601, instants in UTC to the microsecond. Include the row's id.
    """
    canonical = _canonical(row)
    text = json.dumps(canonical, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def _canonical(value: object) -> object:
    match value:
        case None | bool() | int() | str():
            return value
        case datetime():
            if value.tzinfo is None:
                raise NotCanonical("An instant in a chain has to know its time zone.")
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case Mapping():
            if not all(isinstance(key, str) for key in value):
                raise NotCanonical("The keys of a row in a chain are text.")
            return {key: _canonical(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_canonical(inner) for inner in value]
    raise NotCanonical(f"A {type(value).__name__} cannot be put into a chain.")


def links(previous_hash: str, rows: Iterable[bytes]) -> Iterator[str]:
    """Yield the hash (hexadecimal) of the chain after each row."""
    current = bytes.fromhex(previous_hash)
    # Each step hashes a fixed 32 bytes and one row, so no two lists of rows share their input.
    assert len(current) == hashlib.sha256().digest_size, "a hash is 32 bytes"
    for row in rows:
        current = hashlib.sha256(current + row).digest()
        yield current.hex()


def link(previous_hash: str, rows: Iterable[bytes]) -> str:
    """Return the hash of the chain after the last row."""
    last = previous_hash
    for last in links(previous_hash, rows):  # noqa: B007 - only the last hash is wanted
        pass
    return last


def seal(previous_hash: str, rows: Sequence[tuple[int, bytes]]) -> Seal:
    """Seal a batch of rows (id, bytes), given in ascending order of id."""
    ids = [row_id for row_id, _ in rows]
    if not ids or ids != sorted(set(ids)):
        raise NothingToSeal("A seal needs at least one row, in ascending order of id.")
    hashes = links(previous_hash, (row for _, row in rows))
    marks = tuple(ChainMark(row_id, hash) for row_id, hash in zip(ids, hashes, strict=True))
    return Seal(ids[0], ids[-1], previous_hash, marks[-1].hash, marks)


def first_broken(
    seals: Iterable[Seal], rows: Iterable[tuple[int, bytes]], *, previous_hash: str = GENESIS
) -> Broken | None:
    """Return the first row that disagrees with its seal, or None.

    Seals and rows (id, bytes) come in ascending order of id and are read once. Rows after the last
    seal are not sealed yet, so they are not judged. `previous_hash` is what the first of these
    seals has to follow from.
    """
    waiting = iter(rows)
    for each in seals:
        if broken := _broken_seal(each, previous_hash) or _broken_row(each, waiting):
            return broken
        previous_hash = each.hash
    return None


def _broken_seal(each: Seal, previous_hash: str) -> Broken | None:
    """Check a seal against itself and against the one before it."""
    if each.previous_hash != previous_hash:
        return Broken(each.first_id, "its seal does not follow from the seal before it")
    ids = [mark.row_id for mark in each.marks]
    if not ids or ids != sorted(set(ids)) or (ids[0], ids[-1]) != (each.first_id, each.last_id):
        return Broken(each.first_id, "its seal has been changed: it names other rows")
    if each.marks[-1].hash != each.hash:
        return Broken(each.last_id, "its seal has been changed: it ends in a different hash")
    return None


def _broken_row(each: Seal, waiting: Iterator[tuple[int, bytes]]) -> Broken | None:
    """Check the rows of one seal, taking as many as it has marks."""
    previous_hash = each.previous_hash
    for mark in each.marks:
        row_id, row = next(waiting, (None, b""))
        if row_id is not None and row_id < mark.row_id:
            return Broken(row_id, "it was added among rows that had been sealed")
        if row_id != mark.row_id:
            return Broken(mark.row_id, "it was sealed and is gone")
        if link(previous_hash, [row]) != mark.hash:
            return Broken(mark.row_id, "it was changed after it had been sealed")
        previous_hash = mark.hash
    return None
