"""A busy network's database of every release is upgraded whole, and the doctor finds it well."""

import pytest
from sqlalchemy import create_engine, inspect, text

from booking.foundation import clock, schema
from booking.foundation.db import db, engine_options
from booking.upkeep import doctor, purging
from tests import conftest, populated, releases

#: Tables whose number of rows a migration changes on purpose, and which one.
CHANGED: dict[str, str] = {}


def counts(address):
    engine = create_engine(address, **engine_options(address))
    names = set(inspect(engine).get_table_names()) - {"alembic_version", *CHANGED}
    with engine.connect() as connection:
        found = {
            name: connection.scalar(text(f'SELECT count(*) FROM "{name}"'))
            for name in sorted(names)
        }
    engine.dispose()
    return found


@pytest.mark.parametrize("version", populated.versions())
def test_a_populated_database_is_upgraded_whole(
    app, make_app, empty_database, engine_kind, time_machine, version
):
    kept = populated.Populated.read(version, engine_kind)
    time_machine.move_to(kept.made_at)
    kept.load_into(empty_database)
    before = counts(empty_database)
    assert sum(before.values()) > 10_000

    another = make_app(DATABASE_URL=empty_database)
    conftest.migrate(another)

    after = counts(empty_database)
    assert {name: after.get(name) for name in before} == before
    with another.app_context():
        assert schema.problem() == ""
        purging.purge(clock.now())  # rules may be stricter now; the worker applies them every day
        wrong = {check.promise: found for check, found in doctor.examine() if found}
        db.session.rollback()
    assert wrong == {}


def test_each_release_has_left_its_databases():
    released = [path.stem for path in (releases.MIGRATIONS / "released").glob("*.sha256")]
    missing = [
        populated.path_of(version, engine).name
        for version in released
        for engine in ("sqlite", "postgresql")
        if not populated.path_of(version, engine).exists()
    ]

    assert missing == [], "run `make freeze`"
