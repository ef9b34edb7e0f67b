"""What a builder wrote before is written again by the same statements, without the services.

Thousands of tests begin with the same school, event and family, and to let the services make them
took nearly half of the tests' time. So the first test of a worker lets them, and the statements
that wrote are kept. When another test calls the same builder with the same arguments, at the same
instant and in a database with the same past, they are run once more: the rows are the same, to the
byte, for a tenth of the price.

The past ends, and the services build everything from there on, as soon as anybody else writes, if
a test replaces parts of the product (`monkeypatch`), or if an argument is a thing whose content we
do not know. FAIRPLACE_BUILD=anew leaves everything to the services.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar

from flask import current_app
from sqlalchemy import inspect
from sqlalchemy.orm import make_transient_to_detached

from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.ports import Announcement, Port, Socket
from tests.builders.past import Written, numbers, past

P = ParamSpec("P")
T = TypeVar("T")
PLAIN = frozenset({str, bytes, int, float, bool, type(None), date, datetime, time, timedelta})


class Unknown(Exception):
    """This is a thing whose content we do not know."""


def rewritten(builder: Callable[P, T]) -> Callable[P, T]:
    """Let a builder's calls be repeated from their statements. It may act on the database alone."""
    parameters = signature(builder)

    @wraps(builder)
    def build(*args: P.args, **kwargs: P.kwargs) -> T:
        if past.now is None or past.writing is not None or _is_busy():
            return builder(*args, **kwargs)
        given = parameters.bind(*args, **kwargs)
        given.apply_defaults()
        try:
            key = (past.now, builder, _surroundings(), _name(given.arguments))
        except Unknown:
            return builder(*args, **kwargs)
        if key in past.kept:
            past.kept.move_to_end(key)
            return _repeat(past.kept[key])
        with past.written_by_builder() as writing:
            made = builder(*args, **kwargs)
        try:
            result = _name(made)
        except Unknown:
            past.end()
            return made
        if writing.spoiled or any(writing.waiting.values()):
            past.end()
        else:
            past.keep(key, writing.committed, result)
        return made

    return build


def _end_the_past(instead: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(instead)
    def replace(*args: Any) -> Any:
        past.end()  # builders call what listens to ports
        return instead(*args)

    return replace


for _kind in (Announcement, Port, Socket):
    _kind.instead = _end_the_past(_kind.instead)  # type: ignore[method-assign]


def _is_busy() -> bool:
    session = db.session()
    return bool(session.info.get("writing") or session.new or session.dirty or session.deleted)


def _surroundings() -> Any:
    """Name what a builder reads beside its arguments and the database."""
    settings = ((name, repr(value)) for name, value in current_app.config.items())
    things = ((name, type(thing)) for name, thing in current_app.extensions.items())
    return clock.now(), numbers(), tuple(settings), tuple(things)


def _repeat(written: Written) -> Any:
    if written.statements:
        with past.written_by_builder(), transaction() as session:
            cursor = session.connection().connection.cursor()
            for statement, parameters in written.statements:
                if isinstance(parameters, list):
                    cursor.executemany(statement, parameters)
                else:
                    cursor.execute(statement, parameters)
                    if cursor.description:
                        cursor.fetchall()
            cursor.close()
    past.repeat(written)
    return _find(written.result)


# Arguments and results are named: rows by their identity, everything else by its content.


@dataclass(frozen=True)
class _Row:
    table: type
    identity: tuple[Any, ...]


@dataclass(frozen=True)
class _Made:
    kind: type
    parts: tuple[Any, ...]


def _name(value: Any) -> Any:
    kind = type(value)
    if kind in PLAIN or isinstance(value, Enum):
        return (kind, value)
    if isinstance(value, Mapping):
        return _Made(dict, tuple((_name(key), _name(part)) for key, part in value.items()))
    if kind in (list, tuple):
        return _Made(kind, tuple(map(_name, value)))
    if kind in (set, frozenset):
        return _Made(kind, tuple(sorted(map(_name, value), key=repr)))
    if is_dataclass(value) and kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        return _Made(kind, tuple(_name(getattr(value, field.name)) for field in fields(value)))
    return _name_row(value)


def _name_row(value: Any) -> _Row:
    state = inspect(value, raiseerr=False)
    mapped = getattr(state, "persistent", False) and not state.modified
    if not mapped or state.session is not db.session():
        raise Unknown
    return _Row(type(value), state.identity)


def _find(named: Any) -> Any:
    if isinstance(named, _Row):
        return _row(named)
    if not isinstance(named, _Made):
        return named[1]
    if named.kind is dict:
        return {_find(key): _find(part) for key, part in named.parts}
    parts = [_find(part) for part in named.parts]
    return named.kind(*parts) if is_dataclass(named.kind) else named.kind(parts)


def _row(named: _Row) -> Any:
    """Return a row as a commit leaves it: it is read when it is first looked at."""
    session, mapper = db.session(), inspect(named.table)
    found = session.identity_map.get(mapper.identity_key_from_primary_key(named.identity))
    if found is None:
        found = named.table()
        for column, part in zip(mapper.primary_key, named.identity, strict=True):
            setattr(found, mapper.get_property_by_column(column).key, part)
        make_transient_to_detached(found)
        session.add(found)
    return found
