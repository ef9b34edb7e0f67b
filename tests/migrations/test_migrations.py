"""The migrations: up, down and up again, and exactly what the models say."""

from collections.abc import Callable

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect

from booking.foundation.db import db
from tests import conftest

#: What only triggers use, and so has no model: SQLite's check at commit (migration 0010).
OF_TRIGGERS = {"open_entries"}


@pytest.fixture
def fresh(make_app: Callable[..., Flask], empty_database: str) -> Flask:
    return make_app(DATABASE_URL=empty_database)


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def has_model(_obj: object, name: str | None, *_rest: object) -> bool:
    return name not in OF_TRIGGERS


def test_migrations_build_exactly_the_tables_of_the_models(fresh: Flask) -> None:
    conftest.migrate(fresh)
    with fresh.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": has_model}
        )
        assert compare_metadata(context, db.metadata) == []
        assert tables() - OF_TRIGGERS == set(db.metadata.tables)


def test_every_migration_can_be_taken_back(fresh: Flask) -> None:
    conftest.migrate(fresh)
    with fresh.app_context():
        flask_migrate.downgrade(str(conftest.ROOT / "migrations"), "base")
        assert tables() == set()
    conftest.migrate(fresh)
    with fresh.app_context():
        assert tables() - OF_TRIGGERS == set(db.metadata.tables)
