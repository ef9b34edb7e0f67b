"""The database: models' base, the one transaction, and what makes SQLite keep its promises."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Enum, Executable, MetaData, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.types import TypeDecorator, TypeEngine

from booking.foundation import database_files, folders, outages

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
WAL_IS_SAFE_FROM = (3, 51, 3)  # 3.7.0 to 3.51.2 can corrupt a WAL database (WAL-reset bug)
BUSY_TIMEOUT_MS = 10_000
#: How long to wait for a PostgreSQL that does not answer, for one that stops answering in the
#: middle, and for a free connection.
CONNECT_SECONDS, SILENCE_MS, POOL_SECONDS = 3, 10_000, 8
#: How many prepared statements an SQLite connection keeps. The driver's default of a hundred is
#: soon filled by the commonest ones, and every other page would then have to prepare all its
#: statements again.
STATEMENTS_KEPT = 500
RETRIES_MAX = 5
#: The key of the row in a table that never has another.
THE_ROW = 1
T = TypeVar("T")
#: PostgreSQL's codes for "somebody else got there first; the same work may be tried again".
RETRYABLE = {"40001", "40P01"}


class WriteOutsideTransaction(RuntimeError):
    """Something was changed outside `with transaction():`, the only place that commits."""


class NestedTransaction(RuntimeError):
    """`transaction()` was opened inside another; a request or job has exactly one at a time."""


class OnlyReading(RuntimeError):
    """A transaction was to be opened while nothing may be done."""


class UTCDateTime(TypeDecorator[datetime]):
    """An aware instant in UTC on both databases; a naive one is a programming error."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive datetimes; SQLite stores UTC without its zone."""
        if value is None:
            return None
        assert value.tzinfo is not None, f"naive datetime {value!r}"
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return a type that reads instants fast: a page reads hundreds of them."""
        return dialect.type_descriptor(_SQLITE if dialect.name == "sqlite" else _POSTGRESQL)


class _SqliteInstant(sqlite.DATETIME):
    def result_processor(self, dialect: object, coltype: object) -> Callable[[Any], Any]:
        return _of_text


class _PostgresqlInstant(postgresql.TIMESTAMP):
    def result_processor(self, dialect: object, coltype: object) -> Callable[[Any], Any]:
        return _in_utc


def _of_text(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)


def _in_utc(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


_SQLITE = _SqliteInstant()  # type: ignore[no-untyped-call]
_POSTGRESQL = _PostgresqlInstant(timezone=True)


def words(kind: type[StrEnum], *, name: str = "") -> Enum:
    """Return a text column type that can hold only the values of `kind`.

    The database calls the rule by `name`: needed where it does not know the enumeration's own.
    """
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [m.value for m in members],
        name=name or kind.__name__.lower(),
    )


class Base(DeclarativeBase):
    """The declarative base: names every constraint, and maps datetime to UTC."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING), type_annotation_map={datetime: UTCDateTime}
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def engine_options(url: str) -> dict[str, Any]:
    """Return engine options for `url`: the newer SQLite driver, or PostgreSQL's pool.

    An error names its statement without the values, which may be somebody's name or address.
    """
    if not url.startswith("sqlite"):
        return {
            "hide_parameters": True,
            "pool_pre_ping": True,
            "pool_timeout": POOL_SECONDS,
            "isolation_level": "READ COMMITTED",
            "connect_args": {
                "connect_timeout": CONNECT_SECONDS,
                "application_name": f"fairplace {Path(sys.argv[0]).name}",
                "tcp_user_timeout": SILENCE_MS,
            },
        }
    path = make_url(url).database
    pool = {}
    if path:
        Path(path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        pool["pool_timeout"] = POOL_SECONDS
    return {
        **pool,
        "hide_parameters": True,
        "module": sqlite_driver(),
        "connect_args": {"cached_statements": STATEMENTS_KEPT},
    }


def insert_into(model: type[Model]) -> Any:
    """Return an INSERT that can say what to do about a conflict, for the engine in use."""
    by_dialect = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    return by_dialect(model)


def sqlite_driver() -> Any:
    """Return the newest sqlite3 module installed: the pysqlite3 wheel's or Python's own."""
    try:
        return import_module("pysqlite3.dbapi2")
    except ImportError:
        return import_module("sqlite3")


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, record: Any) -> None:
    if "sqlite3" not in type(connection).__module__:
        return
    # Python's own transaction handling would begin too late and commit too early, so
    # `_begin_sqlite` below says BEGIN instead.
    connection.isolation_level = None
    journal = "WAL" if sqlite_driver().sqlite_version_info >= WAL_IS_SAFE_FROM else "DELETE"
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        f"journal_mode={journal}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        # What is deleted is overwritten, so that nobody finds it in the file.
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
    database_files.remember(connection, record)
    if path := record.info.get(database_files.PATH):
        folders.close_to_others(path)


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    writing = options.get("writing", False)
    if connection.dialect.name == "sqlite":
        _begin_sqlite(connection, writing, options.get("one_statement", False))
    elif writing:
        outages.limit_postgresql(connection)


def _begin_sqlite(connection: Connection, writing: bool, one_statement: bool) -> None:
    outages.limit_sqlite(connection, otherwise_ms=BUSY_TIMEOUT_MS, writing=writing)
    if one_statement:
        return  # a statement by itself is a transaction of its own
    # A deferred BEGIN that reads and then writes fails at once if somebody else has written, so
    # anything that means to write takes the write lock first.
    if not writing:
        connection.exec_driver_sql("BEGIN")
        return
    with outages.waiting_to_write():
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@event.listens_for(Session, "before_flush")
def _refuse_stray_writes(session: Session, _context: Any, _instances: Any) -> None:
    if not session.info.get("writing"):
        raise WriteOutsideTransaction("wrap the service call in `with transaction():`")


@contextmanager
def transaction() -> Iterator[Session]:
    """Run one unit of work: commit it whole, or leave nothing behind.

    The only place that commits. What was read before is read again inside, under SQLite's write
    lock; on PostgreSQL services lock the rows that they decide on (each feature's `locks.py`).
    """
    session = db.session()
    if session.info.get("writing"):
        raise NestedTransaction("one request or job is one transaction")
    if session.info.get("only_reading"):
        raise OnlyReading("nothing may be done here")
    session.rollback()  # ends the read so far and expires what it loaded
    session.info["writing"] = True
    session.info["after_commit"] = []
    committing = False
    try:
        session.connection(execution_options={"writing": True})
        yield session
        committing = True
        session.commit()
        session.info["kept"] = True
    except BaseException as error:
        if committing and getattr(error, "connection_invalidated", False):
            session.info["kept"] = True  # perhaps: nobody can tell until the database is back
        session.rollback()
        raise
    finally:
        session.info["writing"] = False
        followers = session.info.pop("after_commit", [])
    for follower in followers:
        follower()


def wipe_log() -> None:
    """Empty SQLite's write-ahead log, which still has pages from before something was deleted."""
    db.session.rollback()
    if db.engine.dialect.name != "sqlite":
        return
    with db.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.rollback()  # a checkpoint is made outside a transaction
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def only_reading() -> Iterator[None]:
    """Let nothing be done meanwhile: whoever opens a transaction gets OnlyReading."""
    session = db.session()
    session.info["only_reading"] = True
    try:
        yield
    finally:
        session.info["only_reading"] = False


def may_have_kept() -> bool:
    """Return whether a transaction of this request may have been committed, or surely has been."""
    return bool(db.session().info.get("kept"))


def let_go() -> None:
    """End whatever was being read or written, even if the connection is beyond use."""
    try:
        db.session.rollback()
    except outages.TROUBLE:
        db.session().invalidate()


def rows(statement: Executable, **parameters: Any) -> Sequence[Any]:
    """Read columns as plain rows, in the current transaction, bypassing the ORM.

    For pages that are opened often: with a statement that is built once, this takes a quarter of
    the time that the session takes.
    """
    return db.session.connection().execute(statement, parameters).all()


def rows_beside(statement: Executable, **parameters: Any) -> Sequence[Any]:
    """Read columns with a single statement, outside the session: no transaction is begun for it.

    For requests that need nothing else from the database.
    """
    with db.engine.connect().execution_options(one_statement=True) as connection:
        return connection.execute(statement, parameters).all()


def after_commit(follower: Callable[[], None]) -> None:
    """Call `follower` once the current transaction has committed; never if it rolls back."""
    followers = db.session().info["after_commit"]
    if follower not in followers:
        followers.append(follower)


def is_retryable(error: BaseException) -> bool:
    """Return whether PostgreSQL asks us to run the same unit of work again."""
    return isinstance(error, OperationalError) and (
        getattr(error.orig, "sqlstate", None) in RETRYABLE
    )


def retrying(unit: Callable[[], T]) -> T:
    """Run `unit`, up to RETRIES_MAX times in all when PostgreSQL asks for it."""
    for attempt in range(1, RETRIES_MAX + 1):
        try:
            return unit()
        except OperationalError as error:
            db.session.rollback()
            if attempt == RETRIES_MAX or not is_retryable(error):
                raise
    raise AssertionError("unreachable")
