"""What the worker writes down about its jobs: little, and enough to see that it is alive."""

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from booking import worker
from booking.foundation import chores, clock
from booking.foundation.db import db
from booking.upkeep import service as upkeep
from booking.upkeep.models import JobRun
from booking.worker.heartbeat import Heartbeat

TIDY = "tidy up"


@pytest.fixture
def failing():
    """Provide what the job fails with, if with anything."""
    return []


@pytest.fixture
def run(app, db_session, failing):
    """Provide a way to run a job in one worker; it returns what is written down."""
    beats = Heartbeat()

    def work():
        if failing:
            raise failing[0]

    def once():
        worker.run_job(app, chores.Job(TIDY, 1, work), beats)
        db.session.rollback()
        db.session.expire_all()
        return db.session.get_one(JobRun, TIDY)

    return once


def test_every_job_leaves_one_row(app, db_session):
    for _ in range(2):
        worker.run_all(app)

    rows = db.session.query(JobRun).all()

    assert {row.name for row in rows} == {job.name for job in worker.jobs()}
    assert all(row.ended_at >= row.begun_at for row in rows)


def test_a_run_says_who_ran_it_and_when(run):
    row = run()

    assert row.worker == upkeep.this_process().name
    assert row.begun_at <= row.ended_at <= clock.now()
    assert (row.failures, row.failed_at, row.failure) == (0, None, "")


def test_a_job_that_runs_every_second_is_written_down_twice_a_minute(run, time_machine):
    first = run().begun_at

    time_machine.move_to(clock.now() + timedelta(seconds=20))
    assert run().begun_at == first
    time_machine.move_to(clock.now() + timedelta(seconds=20))
    assert run().begun_at > first


def test_failures_in_a_row_are_counted_and_a_success_ends_them(run, failing):
    failing.append(OSError("p@parents.example is not known here"))
    run()

    row = run()

    assert (row.failures, row.failure) == (2, "OSError")
    failing.clear()
    row = run()
    assert (row.failures, row.failure) == (0, "")
    assert row.failed_at is not None


def test_a_job_runs_although_its_beginning_cannot_be_written_down(app, db_session, caplog):
    done = []

    def refuse(_connection, _cursor, statement, *_rest):
        if "job_runs" in statement:
            raise OperationalError(statement, {}, Exception("database is locked"))

    event.listen(db.engine, "before_cursor_execute", refuse)
    try:
        worker.run_job(app, chores.Job(TIDY, 1, lambda: done.append(1)))
    finally:
        event.remove(db.engine, "before_cursor_execute", refuse)

    assert done == [1]
    assert caplog.messages == ["a job's run could not be written down: OperationalError"] * 2
