"""Lock a table against whoever writes to it, so that its rows can be sealed in the order of ids."""

from sqlalchemy import text

from booking.foundation.db import db


def writers(table: str) -> None:
    """Wait for everybody who is writing to a table, and keep new ones out for this transaction.

    On PostgreSQL an id may be given before, and committed after, a higher one. SQLite has a single
    writer: the caller.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text(f"LOCK TABLE {table} IN SHARE MODE"))
