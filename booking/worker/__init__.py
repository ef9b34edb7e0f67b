"""The background worker: the jobs of all features, run over and over by huey.

Every job is a sweep that may run at any time, any number of times, in any number of processes: what
is due is found in the database, so nothing is lost if the worker was not running.
"""

import logging
from collections.abc import Callable
from functools import lru_cache
from itertools import chain

from flask import Flask, current_app
from huey import crontab
from huey.consumer import Consumer

from booking.foundation import chores
from booking.foundation.chores import Job
from booking.foundation.db import db
from booking.worker import waiting
from booking.worker.heartbeat import Heartbeat
from booking.worker.queues import FileQueue, LostQueue, PostgresQueue, make_queue

log = logging.getLogger(__name__)


def jobs() -> list[Job]:
    """Return every feature's jobs, in order."""
    return list(chain.from_iterable(chores.jobs()))


def run_job(app: Flask, job: Job, heartbeat: Heartbeat | None = None) -> None:
    """Run one job; a failure is logged and does not stop the others."""
    heartbeat = heartbeat or Heartbeat()
    with app.app_context():
        begun = heartbeat.begun(job.name)
        try:
            job.run()
        except Exception as error:
            db.session.rollback()
            log.exception("the job '%s' failed; it will run again when it is next due", job.name)
            heartbeat.failed(job.name, error)
        else:
            heartbeat.ended(job.name, begun=begun)


def run_all(app: Flask) -> None:
    """Run every job once, in order; tests use this."""
    for job in jobs():
        run_job(app, job)


def call() -> None:
    """Wake the worker as soon as a mail is committed, without waiting for the next sweep."""
    if current_app.config["TESTING"]:
        return
    try:
        _mail_task(current_app._get_current_object())()  # type: ignore[attr-defined]
    except Exception:
        _mail_task.cache_clear()  # the queue's file may have been replaced
        log.exception("the queue is not responding; mail waits for the next sweep")


@lru_cache(maxsize=1)  # a process serves one application
def _mail_task(app: Flask) -> Callable[[], object]:
    return with_jobs(app)[1]["send mail"]


def with_jobs(app: Flask) -> tuple[FileQueue | PostgresQueue, dict[str, Callable[[], object]]]:
    """Return the queue, and each job's task by name; calling a task puts it in the queue."""
    queue = make_queue(app)
    heartbeat = Heartbeat()
    tasks: dict[str, Callable[[], object]] = {}
    for job in jobs():
        every = crontab(minute=f"*/{job.every_minutes}" if job.every_minutes < 60 else "0")

        def task(job: Job = job) -> None:
            run_job(app, job, heartbeat)

        tasks[job.name] = queue.periodic_task(every, name=job.name.replace(" ", "_"))(task)
    return queue, tasks


class WatchfulConsumer(Consumer):
    """Runs jobs until told to stop, or until its queue has been lost."""

    lost: LostQueue | None = None

    def check_worker_health(self) -> None:
        """Let the job that is running end, then stop, if the queue has been lost."""
        super().check_worker_health()
        try:
            self.huey.check()
        except LostQueue as error:
            self.lost = error
            self.stop(graceful=True)


def serve(app: Flask) -> None:
    """Run jobs until told to stop: the command `flask --app wsgi worker`.

    Waits for the database, if that is not there yet. Raises LostQueue.
    """
    waiting.until_ready(lambda: waiting.check_database(app))
    queue, _ = waiting.until_ready(lambda: waiting.made(lambda: with_jobs(app)))
    run_all(app)
    consumer = WatchfulConsumer(
        queue, workers=1, worker_type="thread", initial_delay=0.5, shutdown_timeout=60
    )
    consumer.run()
    if consumer.lost is not None:
        raise consumer.lost
