"""Runs migrations inside the application, on SQLite and PostgreSQL alike."""

from typing import Any

from alembic import context
from flask import current_app

from booking.foundation.db import db


def leave_out_own_tables(_obj: Any, name: str | None, kind: str, *_rest: Any) -> bool:
    """Hide tables without a model from autogenerate: SQLite's own, and 0010's."""
    own = name is not None and (name.startswith("sqlite_") or name == "open_entries")
    return not (kind == "table" and own)


def run() -> None:
    """Migrate over one connection, each migration in a transaction."""
    engine = db.engine.execution_options(writing=True)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            transaction_per_migration=True,
            include_object=leave_out_own_tables,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
