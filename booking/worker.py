"""The background worker: one table of jobs, run over and over by huey.

Every job is a sweep that may run at any time, any number of times, in any number of processes:
what is due is found in the database, so nothing is lost when the worker was not running.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from flask import Flask, current_app
from huey import Huey, PostgresHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from sqlalchemy.engine import make_url

from booking.days.allocation import service as allocation
from booking.days.partners import sweep
from booking.days.places import service as places
from booking.days.seasons import service as seasons
from booking.foundation import clock
from booking.foundation.audit import service as audit
from booking.foundation.db import db, retrying, transaction
from booking.foundation.notifications import sending
from booking.foundation.web import sessions
from booking.money.bids import service as bids
from booking.money.checkout import service as checkout
from booking.money.clearing import service as clearing
from booking.money.fund import service as fund
from booking.upkeep import retention

log = logging.getLogger(__name__)
#: A sweep works in batches, each a transaction of its own; it stops after so many.
BATCHES_MAX = 200


@dataclass(frozen=True)
class Job:
    """Something the worker does every so many minutes."""

    name: str
    every_minutes: int
    run: Callable[[], object]


def in_batches(sweep: Callable[..., int]) -> Callable[[], int]:
    """Return a job that runs `sweep(now=…)` in transactions of its own until nothing is left."""

    def unit() -> int:
        with transaction():
            return sweep(now=clock.now())

    def run() -> int:
        total = 0
        for _ in range(BATCHES_MAX):
            done = retrying(unit)
            total += done
            if not done:
                break
        return total

    return run


def once(sweep: Callable[[datetime], object]) -> Callable[[], object]:
    """Return a job that runs `sweep(now)`, which opens its own transactions."""
    return lambda: sweep(clock.now())


JOBS = (
    Job("send mail", 1, sending.send_due),
    Job("settle open payments", 2, once(checkout.settle_open)),
    Job("give money back", 2, once(checkout.execute_refunds)),
    Job("hear missed messages of the card processor", 10, once(clearing.hear_missed)),
    Job("compare payouts with the books", 60, once(clearing.reconcile_payouts)),
    Job("let unanswered invitations lapse", 5, in_batches(places.lapse_overdue)),
    Job("let reserves of events that began lapse", 5, in_batches(places.lapse_reserves)),
    Job("let offers expire", 5, in_batches(places.expire_offers)),
    Job("take back places without a name", 5, in_batches(places.return_unnamed)),
    Job("release quotas", 5, in_batches(places.release_quotas)),
    Job("publish quotas", 5, in_batches(allocation.publish_quotas)),
    Job("remind parents", 60, in_batches(places.remind_parents)),
    Job("remind schools", 60, in_batches(places.remind_schools)),
    Job("read partners' calendars", 5, once(sweep.read_due)),
    Job("remind schools of wishes", 60, in_batches(seasons.remind_of_wishes)),
    Job("warn of bids that will lapse", 60, in_batches(bids.warn)),
    Job("let approved bids lapse", 60, in_batches(bids.let_lapse)),
    Job("seal the ledger", 10, in_batches(fund.seal)),
    Job("seal the audit trail", 10, in_batches(audit.seal)),
    Job("forget old sessions", 60, in_batches(sessions.purge)),
    Job("purge what is no longer needed", 60, once(retention.purge)),
)


def run_job(app: Flask, job: Job) -> None:
    """Run one job; a failure is logged and does not stop the others."""
    with app.app_context():
        try:
            job.run()
        except Exception:
            db.session.rollback()
            log.exception("the job '%s' failed; it runs again in its turn", job.name)


def run_all(app: Flask) -> None:
    """Run every job once, in the order of the table: what the seed and tests use."""
    for job in JOBS:
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
    # The rollback journal: huey opens the queue with the system's SQLite, which may be one of
    # those that can corrupt a WAL database.
    return SqliteHuey("fairplace", filename=str(path), journal_mode="delete", fsync=True)


def call() -> None:
    """Let a committed mail wake the worker at once, instead of at its next sweep."""
    if current_app.config["TESTING"]:
        return
    try:
        _mail_task(current_app._get_current_object())()  # type: ignore[attr-defined]
    except Exception:
        log.exception("the queue does not answer; mail waits for the next sweep")


@lru_cache(maxsize=1)  # a process serves one application
def _mail_task(app: Flask) -> Callable[[], object]:
    return with_jobs(app)[1]["send mail"]


def with_jobs(app: Flask) -> tuple[Huey, dict[str, Callable[[], object]]]:
    """Return the queue, and each job's task by name: calling one puts it in the queue."""
    queue = make_queue(app)
    tasks: dict[str, Callable[[], object]] = {}
    for job in JOBS:
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
