"""A worker whose queue has been lost ends, so that its supervisor starts another."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from booking.foundation import clock
from booking.worker import queues
from tests.conftest import ROOT

#: How long a worker gets to start, or to notice: other programs may be busy too.
PATIENCE_SECONDS = 120


def make(folder, app):
    app.config["QUEUE_URL"] = f"sqlite:///{folder / 'queue.db'}"
    return queues.make_queue(app)


def test_a_queue_in_use_is_not_lost(app, tmp_path):
    queue = make(tmp_path, app)

    assert queue.dequeue() is None
    queue.check()
    assert queues.waiting_in(queue) == 0


def test_a_queue_whose_file_was_deleted_is_lost(app, tmp_path):
    queue = make(tmp_path, app)
    (tmp_path / "queue.db").unlink()

    with pytest.raises(queues.LostQueue, match="has been deleted"):
        queue.check()


def test_a_queue_whose_file_was_replaced_is_lost(app, tmp_path):
    queue = make(tmp_path, app)
    shutil.copyfile(tmp_path / "queue.db", tmp_path / "another.db")
    (tmp_path / "another.db").replace(tmp_path / "queue.db")

    with pytest.raises(queues.LostQueue, match="has been replaced"):
        queue.check()


def test_errors_for_a_minute_in_a_row_mean_that_it_is_lost(app, tmp_path, time_machine):
    queue = make(tmp_path, app)
    with sqlite3.connect(tmp_path / "queue.db") as other:
        other.execute("DROP TABLE task")
    for _ in range(queues.ERRORS_MAX):
        queue.check()
        with pytest.raises(sqlite3.OperationalError):
            queue.dequeue()

    queue.check()
    time_machine.move_to(clock.now() + queues.PATIENCE)
    with pytest.raises(queues.LostQueue, match="refused everything"):
        queue.check()


def test_one_success_forgives_all_errors_before_it(time_machine):
    troubles = queues.Troubles()
    for _ in range(queues.ERRORS_MAX):
        troubles.one_more()
    time_machine.move_to(clock.now() + timedelta(hours=1))
    assert troubles.too_many()

    troubles.over()

    troubles.one_more()
    assert not troubles.too_many()


@pytest.fixture
def process(test_database, app, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Provide a worker in a process of its own, on a migrated database."""
    shutil.copyfile(test_database.path, tmp_path / "fairplace.db")
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path / 'fairplace.db'}", "QUEUE_URL": ""}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | settings, stderr=subprocess.PIPE, text=True
    ) as started:
        yield started
        started.kill()


def wait_for_jobs(process, database):
    """Wait until the worker has done every job once."""
    for _ in range(PATIENCE_SECONDS * 2):
        try:
            process.wait(0.5)
        except subprocess.TimeoutExpired:
            with sqlite3.connect(database) as reader:
                last = reader.execute(
                    "SELECT 1 FROM job_runs WHERE name LIKE 'purge%' AND ended_at"
                )
                if last.fetchone():
                    return
        else:
            pytest.fail(f"the worker ended by itself: {process.stderr.read()}")
    pytest.fail("the worker never began")


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_worker_whose_queue_is_deleted_exits_with_one(process, tmp_path):
    wait_for_jobs(process, tmp_path / "fairplace.db")
    (tmp_path / "queue.db").unlink()

    assert process.wait(PATIENCE_SECONDS) == 1
    # A thread that has just begun may make a new file before the other looks.
    said = r"queue\.db has been (deleted|replaced)\. Start the worker again\."
    assert re.search(said, process.stderr.read())
