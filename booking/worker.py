"""The background worker: the jobs of all features, run over and over by huey.

Every job is a sweep that may run at any time, any number of times, in any number of processes: what
is due is found in the database, so nothing is lost if the worker was not running.
"""

import logging
from collections.abc import Callable
from functools import lru_cache
from itertools import chain
from pathlib import Path

from flask import Flask, current_app
from huey import Huey, PostgresHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from sqlalchemy.engine import make_url

from booking.foundation import chores
from booking.foundation.chores import Job
from booking.foundation.db import db

log = logging.getLogger(__name__)


def jobs() -> list[Job]:
    """Return every feature's jobs, in order."""
    return list(chain.from_iterable(chores.jobs()))


def run_job(app: Flask, job: Job) -> None:
    """Run one job; a failure is logged and does not stop the others."""
    with app.app_context():
        try:
            job.run()
        except Exception:
            db.session.rollback()
            log.exception("the job '%s' failed; it will run again when it is next due", job.name)


def run_all(app: Flask) -> None:
    """Run every job once, in order; tests use this."""
    for job in jobs():
        run_job(app, job)


def make_queue(app: Flask) -> Huey:
    """Return the queue that QUEUE_URL names, or one beside the database."""
    url = make_url(app.config["QUEUE_URL"] or app.config["DATABASE_URL"])
    if url.get_backend_name() == "postgresql":
        dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        return PostgresHuey("fairplace", dsn=dsn)
    path = Path(url.database or "fairplace.db")
    if not app.config["QUEUE_URL"]:
        path = path.with_name("queue.db")
    # Use the rollback journal: huey opens the queue with the system's SQLite, which may be a
    # version that can corrupt a WAL database.
    return SqliteHuey("fairplace", filename=str(path), journal_mode="delete", fsync=True)


def call() -> None:
    """Wake the worker as soon as a mail is committed, without waiting for the next sweep."""
    if current_app.config["TESTING"]:
        return
    try:
        _mail_task(current_app._get_current_object())()  # type: ignore[attr-defined]
    except Exception:
        log.exception("the queue is not responding; mail waits for the next sweep")


@lru_cache(maxsize=1)  # a process serves one application
def _mail_task(app: Flask) -> Callable[[], object]:
    return with_jobs(app)[1]["send mail"]


def with_jobs(app: Flask) -> tuple[Huey, dict[str, Callable[[], object]]]:
    """Return the queue, and each job's task by name; calling a task puts it in the queue."""
    queue = make_queue(app)
    tasks: dict[str, Callable[[], object]] = {}
    for job in jobs():
        every = crontab(minute=f"*/{job.every_minutes}" if job.every_minutes < 60 else "0")

        def task(job: Job = job) -> None:
            run_job(app, job)

        tasks[job.name] = queue.periodic_task(every, name=job.name.replace(" ", "_"))(task)
    return queue, tasks


def serve(app: Flask) -> None:
    """Run jobs until told to stop: the command `flask --app wsgi worker`."""
    run_all(app)
    queue, _ = with_jobs(app)
    Consumer(queue, workers=1, worker_type="thread", initial_delay=0.5).run()
