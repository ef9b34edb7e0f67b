"""Lock a table against writers, so that its rows can be sealed in the order of their ids."""

from sqlalchemy import text

from booking.foundation.db import db


def writers(table: str) -> None:
    """Wait for everybody who is writing to a table, and keep new ones out for this transaction.

    On PostgreSQL an id may be drawn before a higher one and committed after it. The mode also keeps
    out whoever seals the same table, so that two workers never seal the same rows. SQLite has only
    one writer, the caller.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE"))
