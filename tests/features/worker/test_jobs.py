"""The worker: every job may run at any time, and one that fails does not stop the others."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from booking import worker
from booking.foundation import chores, clock
from booking.foundation.db import db, transaction
from booking.people.schools import service as schools
from tests.builders import schools as people


def test_every_job_runs_on_an_empty_network(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    worker.run_all(app)
    assert [record.message for record in caplog.records] == []


def test_jobs_have_names_of_their_own(app: Flask) -> None:
    names = [job.name for job in worker.jobs()]
    assert len(set(names)) == len(names)


def test_mail_goes_first_and_what_is_done_with_goes_last(app: Flask) -> None:
    names = [job.name for job in worker.jobs()]
    assert names[0] == "send mail"
    assert names[-8:-4] == [
        "seal the ledger",
        "end proposed payments",
        "seal the audit trail",
        "forget old sessions",
    ]
    assert names[-4:] == [
        "purge what is no longer needed",
        "ask virus checker and DNS",
        "prove that all is sound",
        "tell the lead if something is wrong",
    ]


def test_a_job_that_fails_is_logged_and_stops_no_other(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    def fail() -> None:
        raise OSError("the mail server caught fire")

    jobs = (chores.Job("burn", 1, fail), chores.Job("go on", 1, lambda: done.append("went on")))
    with chores.jobs.instead(lambda: jobs):
        worker.run_all(app)
    assert done == ["went on"]
    assert "'burn' failed" in caplog.text


def test_a_sweep_goes_on_until_nothing_is_left(app: Flask) -> None:
    left = [3]

    def sweep(**_now: object) -> int:
        left[0] -= 1
        return left[0]

    with app.app_context():
        assert chores.in_batches(sweep)() == 3
        db.session.remove()


def test_a_sweep_that_never_ends_is_stopped(app: Flask) -> None:
    with app.app_context():
        assert chores.in_batches(lambda now: 1)() == chores.BATCHES_MAX


@pytest.fixture
def queued(app: Flask, tmp_path: Path) -> Callable[[], list[str]]:
    """Provide a way to run what is in the queue, as the consumer does."""
    app.config["QUEUE_URL"] = f"sqlite:///{tmp_path / 'queue.db'}"

    def run() -> list[str]:
        queue, _ = worker.with_jobs(app, chores.Lane.APART)
        ran = []
        while task := queue.dequeue():
            queue.execute(task)
            ran.append(task.name)
        queue.storage.close()
        return ran

    return run


def test_a_committed_mail_wakes_the_worker_in_another_process(
    app: Flask, queued: Callable[[], list[str]]
) -> None:
    queue, tasks = worker.with_jobs(app, chores.Lane.APART)
    tasks["send mail"]()
    queue.storage.close()
    assert queued() == ["send_mail"]


def test_the_application_wakes_the_worker_when_mail_is_committed(
    make_app: Callable[..., Flask],
    app: Flask,
    db_session: object,
    queued: Callable[[], list[str]],
) -> None:
    people.make_person(email="lead@fairplace.example")
    served = make_app(APP_ENV="development", QUEUE_URL=app.config["QUEUE_URL"])
    with served.app_context(), transaction():
        schools.ask_reset(now=clock.now(), email="lead@fairplace.example")
    assert queued() == ["send_mail"]
