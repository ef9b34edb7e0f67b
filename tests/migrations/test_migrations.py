"""The migrations: up, down and up again, and exactly what the models say."""

from collections.abc import Callable

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect

from booking.db import db
from tests import conftest


@pytest.fixture
def fresh(make_app: Callable[..., Flask], empty_database: str) -> Flask:
    return make_app(DATABASE_URL=empty_database)


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_migrations_build_exactly_the_tables_of_the_models(fresh: Flask) -> None:
    conftest.migrate(fresh)
    with fresh.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []
        assert tables() == set(db.metadata.tables)


def test_every_migration_can_be_taken_back(fresh: Flask) -> None:
    conftest.migrate(fresh)
    with fresh.app_context():
        flask_migrate.downgrade(str(conftest.ROOT / "migrations"), "base")
        assert tables() == set()
    conftest.migrate(fresh)
    with fresh.app_context():
        assert tables() == set(db.metadata.tables)
