"""A job that waits for other computers has a queue and a thread of its own, and holds up none."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from flask import Flask

from booking import worker
from booking.foundation import chores
from booking.foundation.chores import Job, Lane

#: How long a job gets to run: other programs may be busy too.
PATIENCE_SECONDS = 30


class UsualConsumer(worker.WatchfulConsumer):
    """Runs the usual jobs, and leaves the signals of the tests alone."""

    def _set_signal_handlers(self) -> None:
        """Do nothing."""


@pytest.fixture
def queues(app: Flask, tmp_path: Path) -> Iterator[None]:
    app.config["QUEUE_URL"] = f"sqlite:///{tmp_path / 'queue.db'}"
    yield
    chores.ending.clear()


def test_only_what_waits_for_other_computers_is_apart_and_only_proofs_take_long(app: Flask) -> None:
    assert [(job.lane, job.name) for job in worker.jobs() if job.lane is not Lane.USUAL] == [
        (Lane.APART, "send mail"),
        (Lane.APART, "read returned mail"),
        (Lane.APART, "ask virus checker and DNS"),
        (Lane.LONG, "prove that all is sound"),
    ]


def test_each_job_is_in_one_queue(app: Flask, queues: None) -> None:
    tasks = [name for lane in Lane for name in worker.with_jobs(app, lane)[1]]
    assert sorted(tasks) == sorted(job.name for job in worker.jobs())


def test_what_waits_in_one_queue_is_not_in_the_other(app: Flask, queues: None) -> None:
    usual, _ = worker.with_jobs(app)
    long, _ = worker.with_jobs(app, Lane.LONG)
    apart, tasks = worker.with_jobs(app, Lane.APART)
    tasks["send mail"]()
    assert usual.dequeue() is None
    assert long.dequeue() is None
    assert apart.dequeue() is not None


@pytest.mark.parametrize("lane", worker.BESIDE)
def test_what_waits_or_takes_long_does_not_hold_up_money(
    app: Flask, queues: None, lane: Lane
) -> None:
    waiting, settled, answered = Event(), Event(), Event()

    def send() -> None:
        waiting.set()
        assert answered.wait(PATIENCE_SECONDS)

    two = (Job("send", 1, send, lane=lane), Job("settle", 1, settled.set))
    with chores.jobs.instead(lambda: two):
        apart, sending = worker.with_jobs(app, lane)
        usual, settling = worker.with_jobs(app)
        beside, consumer = worker.ConsumerBeside(apart, lane), UsualConsumer(usual)
        sending["send"]()
        beside.begin()
        assert waiting.wait(PATIENCE_SECONDS)
        settling["settle"]()
        consumer.start()
        assert settled.wait(PATIENCE_SECONDS)
        assert not answered.is_set()
        answered.set()
        consumer.stop(graceful=True)
        beside.end()
    with pytest.raises(worker.LostQueue, match="has ended"):
        beside.check()


def test_a_worker_that_is_to_end_tells_long_jobs(app: Flask, queues: None) -> None:
    consumer = UsualConsumer(worker.with_jobs(app)[0])
    consumer.start()
    assert not chores.ending.is_set()
    consumer.stop(graceful=True)
    assert chores.ending.is_set()
