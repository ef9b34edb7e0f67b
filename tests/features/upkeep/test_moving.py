"""A network moves from one database to another: whole, or not at all."""

import json
from contextlib import contextmanager
from datetime import date
from functools import cache

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import DBAPIError

from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock, schema
from booking.foundation.audit import service as audit
from booking.foundation.db import db, engine_options, transaction
from booking.foundation.files.models import FileContent
from booking.foundation.notifications.models import Message
from booking.money.fund import service as fund
from booking.money.fund.models import ClosedYear, DayTotal, Entry
from booking.upkeep.moving import rows
from tests.builders import allocation, events, files, schools
from tests.builders.fund import make_grant
from tests.conftest import dispose

pytestmark = pytest.mark.usefixtures("fresh_file")


@pytest.fixture
def network(db_session, time_machine):
    """A round with waiting mail, a file, and a year of the ledger that is sealed and closed."""
    home, away = schools.make_school(), schools.make_school()
    schools.make_person(role=Role.COORDINATOR, school=home)
    event = events.make_event(title="Puzzle day", places=4)
    allocation.ask_all(event, [home, away], [2, 3])
    files.put(event)
    make_grant(pence=1_250, entered_on=date(2026, 6, 10))
    time_machine.move_to(allocation.after_deadline(event))
    allocation.run_round(event)
    with transaction():
        fund.seal(now=clock.now())
        audit.seal(now=clock.now())
    with transaction():
        fund.close_year(actor=COMMAND, now=clock.now(), label="2025/26", accepted=True)
    db_session.rollback()


@pytest.fixture(autouse=True)
def _built_once(app, monkeypatch):
    """Build only one application for each database, which takes a quarter of a second."""
    build = cache(app.extensions["on_database"])
    monkeypatch.setitem(app.extensions, "on_database", build)


@pytest.fixture
def elsewhere(engine_kind, test_database, tmp_path):
    """Provide the address of an empty database, of the other engine if there are two."""
    if engine_kind == "postgresql":
        return f"sqlite:///{tmp_path}/moved.db"
    return test_database.another()


@pytest.fixture
def move(app, test_database):
    """Provide a way to run the command while nobody else is connected."""

    def run(source, target, *options):
        db.session.rollback()
        dispose(app)
        test_database.leave_alone()
        return app.test_cli_runner().invoke(args=["move-database", source, target, *options])

    return run


def held(address):
    """Return every row of a database, as the program reads it, by table."""
    engine = create_engine(address, **engine_options(address))
    with engine.connect() as connection:
        found = {
            table.name: connection.execute(select(table).order_by(*table.primary_key)).all()
            for table in db.metadata.sorted_tables
        }
    engine.dispose()
    return found


@pytest.fixture
def at(app):
    """Provide a way to have another database for a while."""

    @contextmanager
    def there(address):
        with app.app_context(), app.extensions["on_database"](address).app_context():
            yield
            db.session.rollback()
            db.engine.dispose()

    return there


def test_everything_moves_at_once_or_not_at_all(
    network, move, elsewhere, at, test_database, engine_kind, monkeypatch
):
    before = held(test_database.url)
    for part, instead, said in (
        ("set_sequences", stopped, "Interrupted. TO holds nothing; run the same command again"),
        ("count", lambda *_: 7, "audit_entries has 7 rows in place of"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(rows, part, instead)
            refused = move(test_database.url, elsewhere)
        assert (refused.exit_code, f"Error: {said}" in refused.output) == (1, True), refused.output
        with at(elsewhere):
            assert schema.problem().startswith("Another database was to be moved into this one")
        assert [name for name, found in held(elsewhere).items() if found] == [
            *("funds", "help_areas", "themes")
        ]

    done = move(test_database.url, elsewhere, "--json")

    assert done.exit_code == 0, done.output
    counts = {name: len(found) for name, found in before.items()}
    assert json.loads(done.stdout) == {"rows": counts, "problems": [], "as_before": []}
    for model in (ClosedYear, DayTotal, Entry, FileContent, Message):
        assert counts[model.__tablename__]
    assert held(elsewhere) == before
    if engine_kind == "postgresql":  # and back
        elsewhere, moved = test_database.another(), elsewhere
        assert move(moved, elsewhere).exit_code == 0
        assert held(elsewhere) == before
    with at(elsewhere):
        assert schema.problem() == ""
        make_grant()  # its number is free
        with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
            session.execute(text("DELETE FROM entries"))
    assert "already holds rows" in move(test_database.url, elsewhere).output


def stopped(_connection):
    raise KeyboardInterrupt


def test_a_move_is_refused_in_one_line(app, db_session, move, at, elsewhere, test_database):
    here = test_database.url
    db_session.execute(text("SELECT 1"))
    connected = app.test_cli_runner().invoke(args=["move-database", here, elsewhere])
    assert "Error: The database to move is in use by " in connected.output
    db_session.rollback()

    assert "FROM names a file that does not exist" in move("sqlite:////no/where.db", here).output
    assert "are addresses, such as" in move("my.db", here).output
    assert "Both addresses name the same" in move(here, here).output
    assert "must begin with sqlite:///" in move(here, "mysql://localhost/fairplace").output
    with at(elsewhere), db.engine.execution_options(writing=True).begin() as connection:
        connection.execute(text("CREATE TABLE of_others (id INTEGER)"))
    assert "holds tables of another program" in move(here, elsewhere).output
    assert "Nothing can be moved yet. The database is empty." in move(elsewhere, here).output
