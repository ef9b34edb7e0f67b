"""A database's file that is replaced under a running web server: it is noticed, and prevented."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from sqlalchemy import text

from booking.foundation.db import db, transaction
from booking.upkeep import backup
from tests.builders import events
from tests.conftest import ROOT, dispose

pytestmark = pytest.mark.sqlite
LISTENING = re.compile(r"Listening at: (http://[\d.]+:\d+)")


def replace(path, by):
    """Put another file in the place of one, as `restore` and many programs do."""
    fresh = path.with_name("fresh.db")
    shutil.copyfile(by, fresh)
    os.replace(fresh, path)


@pytest.fixture
def other(app, db_session, test_database, tmp_path):
    """Provide a copy of a database with one event."""
    events.make_event(title="Puzzle day")
    copy = tmp_path / "other"
    backup.backup(copy)
    dispose(app)
    test_database.reset()
    return copy


def titles():
    db.session.rollback()
    return db.session.scalars(text("SELECT title FROM events")).all()


def test_a_file_that_was_replaced_is_opened_again(app, other, test_database, caplog):
    assert titles() == []
    db.session.rollback()

    replace(test_database.path, other)

    assert titles() == ["Puzzle day"]
    assert "was replaced or deleted; connecting again" in caplog.text


def test_what_is_written_afterwards_is_in_the_new_file(app, other, test_database):
    assert titles() == []
    db.session.rollback()
    replace(test_database.path, other)

    with transaction() as session:
        session.execute(text("UPDATE events SET title = 'Chess day'"))

    dispose(app)
    assert titles() == ["Chess day"]


def test_a_file_that_stays_is_opened_once(app, db_session, caplog):
    for _ in range(3):
        assert titles() == []
        db.session.rollback()

    assert caplog.messages == []


@dataclass
class Server:
    """A web server in a process of its own, and its database."""

    url: str
    database: Path

    def listing(self) -> str:
        with urlopen(self.url, timeout=60) as answer:
            return str(answer.read(), "utf-8")


@pytest.fixture
def server(app, other, test_database, tmp_path) -> Iterator[Server]:
    """Provide gunicorn with one process, on an empty network."""
    database = tmp_path / "fairplace.db"
    shutil.copyfile(test_database.template, database)
    command = [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", "127.0.0.1:0"]
    with subprocess.Popen(
        [*command, "--config", os.devnull, "--no-control-socket"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{database}"},
        stderr=subprocess.PIPE,
        text=True,
    ) as started:
        assert started.stderr is not None
        found = next(filter(None, map(LISTENING.search, started.stderr)))
        yield Server(found[1], database)
        started.terminate()


@pytest.mark.slow
def test_a_running_web_server_reads_the_new_file_and_restore_refuses_to_replace_it(
    server, other, make_app
):
    assert "Puzzle day" not in server.listing()
    another = make_app(DATABASE_URL=f"sqlite:///{server.database}")

    with another.app_context():
        refused = another.test_cli_runner().invoke(args=["restore", str(other)])

    assert refused.exit_code == 1
    assert "The database is in use by process " in refused.output
    assert "gunicorn" in refused.output
    assert "Puzzle day" not in server.listing()
    replace(server.database, other)
    assert "Puzzle day" in server.listing()
