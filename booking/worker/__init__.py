"""The background worker: the jobs of all features, run over and over by huey.

Every job is a sweep that may run at any time, any number of times, in any number of processes: what
is due is found in the database, so nothing is lost if the worker was not running.
"""

import logging
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain
from threading import Thread

from flask import Flask, current_app
from huey import crontab
from huey.consumer import Consumer

from booking.foundation import chores
from booking.foundation.chores import Job, Lane
from booking.foundation.db import db
from booking.worker import waiting
from booking.worker.heartbeat import Heartbeat
from booking.worker.queues import FileQueue, LostQueue, PostgresQueue, make_queue, waiting_in

log = logging.getLogger(__name__)
#: A queue, and what puts a job into it, by the job's name.
Jobs = tuple[FileQueue | PostgresQueue, dict[str, Callable[[], object]]]
#: The lanes that have threads beside the main one's.
BESIDE = (Lane.APART, Lane.LONG)


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
    return with_jobs(app, Lane.APART)[1]["send mail"]


def with_jobs(app: Flask, lane: Lane = Lane.USUAL) -> Jobs:
    """Return a lane's queue, and its jobs' tasks by name; calling a task puts it in the queue."""
    queue = make_queue(app, lane)
    heartbeat = Heartbeat()
    tasks: dict[str, Callable[[], object]] = {}
    for job in (each for each in jobs() if each.lane is lane):
        every = crontab(minute=f"*/{job.every_minutes}" if job.every_minutes < 60 else "0")

        def task(job: Job = job) -> None:
            run_job(app, job, heartbeat)

        tasks[job.name] = queue.periodic_task(every, name=job.name.replace(" ", "_"))(task)
    return queue, tasks


def jobs_in_queue() -> int | None:
    """Return how many jobs wait in all queues; None if one does not answer."""
    try:
        return sum(waiting_in(make_queue(current_app, lane)) for lane in Lane)
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
        beside: "Sequence[ConsumerBeside]" = (),
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
            for each in self._beside:
                each.check()
        except LostQueue as error:
            self.lost = error
            self.stop(graceful=True)

    def stop(self, graceful: bool = False) -> None:
        """Stop, and let long jobs know."""
        chores.ending.set()
        super().stop(graceful)


class ConsumerBeside(WatchfulConsumer):
    """Runs the jobs of another lane, in threads beside those of the main consumer.

    So a mail server that keeps them waiting holds up neither money nor places, and nor does a proof
    that reads for minutes.
    """

    def __init__(self, queue: FileQueue | PostgresQueue, lane: Lane) -> None:
        # A file has to be asked again and again whether there is mail to send.
        super().__init__(queue, max_delay=0.5 if lane is Lane.APART else 10)
        self._lane = lane
        self._thread = Thread(target=self.run, name=f"jobs: {lane}", daemon=True)

    def begin(self) -> None:
        """Run, until told to end."""
        self._thread.start()

    def check(self) -> None:
        """Raise LostQueue if it has ended."""
        if not self._thread.is_alive():
            raise self.lost or LostQueue(f"the thread of the jobs “{self._lane}” has ended")

    def end(self) -> None:
        """Stop, and wait for the piece of work that is being done."""
        self.stop(graceful=True)
        self._thread.join(1)

    def _set_signal_handlers(self) -> None:
        """Leave signals to the other consumer, which is in the main thread."""


def _when_ready(app: Flask, lane: Lane) -> Jobs:
    return waiting.until_ready(lambda: waiting.made(lambda: with_jobs(app, lane)))


def serve(app: Flask) -> None:
    """Run jobs until told to stop: the command `fairplace worker`.

    Waits for the database, if that is not there yet. Raises LostQueue.
    """
    waiting.until_ready(lambda: waiting.check_database(app))
    queue, _ = _when_ready(app, Lane.USUAL)
    others = [(lane, *_when_ready(app, lane)) for lane in BESIDE]
    chores.ending.clear()
    beside = [ConsumerBeside(queue_beside, lane) for lane, queue_beside, _ in others]
    consumer = WatchfulConsumer(queue, beside=beside)
    for _, _, tasks in others:
        for task in tasks.values():
            task()  # once at the start, as the others are
    for each in beside:
        each.begin()
    try:
        for job in (each for each in jobs() if each.lane is Lane.USUAL):
            run_job(app, job)
        consumer.run()
    finally:
        for each in beside:
            each.end()
    if consumer.lost is not None:
        raise consumer.lost
