"""The background worker: the jobs of all features, run over and over by huey.

Every job is a sweep that may run at any time, any number of times, in any number of processes: what
is due is found in the database, so nothing is lost if the worker was not running.
"""

import logging
from collections.abc import Callable
from functools import lru_cache
from itertools import chain
from threading import Thread

from flask import Flask, current_app
from huey import crontab
from huey.consumer import Consumer

from booking.foundation import chores
from booking.foundation.chores import Job
from booking.foundation.db import db
from booking.worker import waiting
from booking.worker.heartbeat import Heartbeat
from booking.worker.queues import FileQueue, LostQueue, PostgresQueue, make_queue, waiting_in

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
    return with_jobs(app, apart=True)[1]["send mail"]


def with_jobs(
    app: Flask, *, apart: bool = False
) -> tuple[FileQueue | PostgresQueue, dict[str, Callable[[], object]]]:
    """Return a queue, and each of its jobs' tasks by name; calling a task puts it in the queue.

    The jobs that are apart have a queue of their own.
    """
    queue = make_queue(app, apart=apart)
    heartbeat = Heartbeat()
    tasks: dict[str, Callable[[], object]] = {}
    for job in (each for each in jobs() if each.apart == apart):
        every = crontab(minute=f"*/{job.every_minutes}" if job.every_minutes < 60 else "0")

        def task(job: Job = job) -> None:
            run_job(app, job, heartbeat)

        tasks[job.name] = queue.periodic_task(every, name=job.name.replace(" ", "_"))(task)
    return queue, tasks


def jobs_in_queue() -> int | None:
    """Return how many jobs wait in both queues; None if one does not answer."""
    try:
        return sum(waiting_in(make_queue(current_app, apart=apart)) for apart in (False, True))
    except Exception:
        log.exception("the queue does not answer")
        return None


class WatchfulConsumer(Consumer):
    """Runs jobs until told to stop, or until its queue has been lost."""

    lost: LostQueue | None = None

    def __init__(
        self,
        queue: FileQueue | PostgresQueue,
        *,
        beside: "ConsumerApart | None" = None,
        max_delay: float = 10.0,
    ) -> None:
        super().__init__(
            queue,
            workers=1,
            worker_type="thread",
            initial_delay=0.5,
            max_delay=max_delay,
            shutdown_timeout=60,
        )
        self._beside = beside

    def check_worker_health(self) -> None:
        """Let the job that is running end, then stop, if a queue has been lost."""
        super().check_worker_health()
        try:
            self.huey.check()
            if self._beside is not None:
                self._beside.check()
        except LostQueue as error:
            self.lost = error
            self.stop(graceful=True)

    def stop(self, graceful: bool = False) -> None:
        """Stop, and let long jobs know."""
        chores.ending.set()
        super().stop(graceful)


class ConsumerApart(WatchfulConsumer):
    """Runs the jobs that are apart, in threads beside those of the other consumer.

    So a mail server that keeps them waiting holds up neither money nor places.
    """

    def __init__(self, queue: FileQueue | PostgresQueue) -> None:
        # A file has to be asked again and again whether there is mail to send.
        super().__init__(queue, max_delay=0.5)
        self._thread = Thread(target=self.run, name="jobs apart", daemon=True)

    def begin(self) -> None:
        """Run, until told to end."""
        self._thread.start()

    def check(self) -> None:
        """Raise LostQueue if it has ended."""
        if not self._thread.is_alive():
            raise self.lost or LostQueue("the thread that sends mail has ended")

    def end(self) -> None:
        """Stop, and wait for the piece of work that is being done."""
        self.stop(graceful=True)
        self._thread.join(1)

    def _set_signal_handlers(self) -> None:
        """Leave signals to the other consumer, which is in the main thread."""


def serve(app: Flask) -> None:
    """Run jobs until told to stop: the command `fairplace worker`.

    Waits for the database, if that is not there yet. Raises LostQueue.
    """
    waiting.until_ready(lambda: waiting.check_database(app))
    queue, _ = waiting.until_ready(lambda: waiting.made(lambda: with_jobs(app)))
    queue_apart, tasks = waiting.until_ready(
        lambda: waiting.made(lambda: with_jobs(app, apart=True))
    )
    chores.ending.clear()
    beside = ConsumerApart(queue_apart)
    consumer = WatchfulConsumer(queue, beside=beside)
    for task in tasks.values():
        task()  # once at the start, as the others are
    beside.begin()
    try:
        for job in (each for each in jobs() if not each.apart):
            run_job(app, job)
        consumer.run()
    finally:
        beside.end()
    if consumer.lost is not None:
        raise consumer.lost
