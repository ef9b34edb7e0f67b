"""Whatever is changed in a published record, the product and the stand-alone script both notice."""

import json
import runpy
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from booking.domain.allocation import record, share
from booking.domain.allocation.claims import Basis, Claim
from tests.domain.allocation.rounds import make_round

SCRIPT = runpy.run_path(str(Path(__file__).parents[3] / "docs" / "verify_allocation.py"))
CLAIMS = [
    Claim("ash", 5, weight=30, at_least=1, arrived=2),
    Claim("beech", 4, weight=90, received=3, arrived=1, at_most=3),
    Claim("cedar", 3, weight=60, late=True, in_time=1, arrived=3),
]
ROUNDS = {
    str(basis): replace(make_round(CLAIMS, places=7, basis=basis), host_places=2) for basis in Basis
}


def published(basis: str) -> record.Record:
    round_ = ROUNDS[basis]
    return record.record(round_, share.allot(round_))


def script_sees(content: bytes) -> bool:
    try:
        return SCRIPT["discrepancies"](content, None, None) != []
    except SCRIPT["UNREADABLE"]:
        return True


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to each single value of a record, and to each empty list."""
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in entries:
        if isinstance(inner, dict | list) and inner:
            yield from leaves(inner, (*path, key))
        else:
            yield (*path, key)


def others(value: Any) -> list[Any]:
    """Return some things that a value might be changed into."""
    if isinstance(value, bool):
        return [not value, int(value), None]
    if isinstance(value, int):
        return [value + 1, value - 1, float(value), str(value), None]
    if isinstance(value, str):
        return [value + " ", value[:-1], value.upper() + "x", None]
    return [0, 1, False, ""]


def changed(content: record.Record, path: tuple[Any, ...], value: Any) -> record.Record:
    """Return a copy of a record with another value, or with none, at the end of a way."""
    copy = json.loads(json.dumps(content))
    inner = copy
    for key in path[:-1]:
        inner = inner[key]
    if value is GONE:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return copy


GONE = object()
WAYS = sorted(
    {tuple("*" if type(key) is int else key for key in way) for way in leaves(published("season"))}
)


def test_every_entry_of_a_record_is_tried():
    claim = {("claims", "*", key) for key in record._CLAIM}
    assert set(WAYS) == claim | {
        ("commitment",),
        ("event",),
        ("host_places",),
        ("places",),
        ("seed",),
        ("sha256",),
        ("rule", "basis"),
        ("rule", "version"),
        ("result", "order", "*"),
        ("result", "counts", "ash"),
        ("result", "counts", "beech"),
        ("result", "counts", "cedar"),
    }


@pytest.mark.parametrize("basis", ROUNDS)
def test_a_change_of_any_entry_is_seen(basis):
    genuine = published(basis)
    for way in leaves(genuine):
        value = genuine
        for key in way:
            value = value[key]
        for other in [*others(value), GONE]:
            content = changed(genuine, way, other)
            assert record.verify(content) != [], (way, other)
            assert record.verify_bytes(record.to_bytes(content)) != [], (way, other)
            assert script_sees(record.to_bytes(content)), (way, other)


@pytest.mark.parametrize("basis", ROUNDS)
def test_an_entry_that_does_not_belong_there_is_seen(basis):
    genuine = published(basis)
    for way in [("note",), ("claims", 0, "note"), ("rule", "note"), ("result", "note")]:
        content = changed(genuine, way, 1)
        assert record.verify(content) != [], way
        assert script_sees(record.to_bytes(content)), way


@pytest.mark.parametrize("basis", ROUNDS)
def test_a_change_of_any_byte_is_seen(basis):
    genuine = record.to_bytes(published(basis))
    assert record.verify_bytes(genuine) == []
    assert not script_sees(genuine)
    for at, byte in enumerate(genuine):
        for other in (byte ^ 1, byte ^ 0x20, byte + 1 if byte != ord("9") else ord("0")):
            content = genuine[:at] + bytes([other]) + genuine[at + 1 :]
            assert record.verify_bytes(content) != [], (at, other)
            assert script_sees(content), (at, other)


@pytest.mark.parametrize("basis", ROUNDS)
def test_a_byte_too_many_or_too_few_is_seen(basis):
    genuine = record.to_bytes(published(basis))
    for at in range(len(genuine)):
        for content in (genuine[:at] + genuine[at + 1 :], genuine[:at] + b" " + genuine[at:]):
            assert record.verify_bytes(content) != [], at
            assert script_sees(content), at
