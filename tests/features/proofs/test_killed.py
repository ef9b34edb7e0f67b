"""A worker is killed in the middle of a proof: nothing looks proved that is not; the next goes on.

The worker is a real one, in a process of its own; only the accounts take for ever in it.
"""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from booking.domain.proving import ProofPart, Standing
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.proofs import pages, proving, queries
from booking.proofs.details import PROVE
from booking.upkeep import service as upkeep

ROOT = Path(__file__).parents[3]
#: Proves as the site's worker does, at the test's time, and says when it is in the middle.
WORKER = """
import os, threading
from datetime import datetime
import time_machine
from booking import create_app, worker
from booking.domain.proving import ProofPart
from booking.proofs import parts

def for_ever(after, tell):
    print("in the middle", flush=True)
    threading.Event().wait(600)

parts.BY_PART[ProofPart.LEDGER] = for_ever
time_machine.travel(datetime.fromisoformat(os.environ["NOW"])).start()
worker.serve(create_app())
"""
#: The last of the usual jobs.
LAST_USUAL = "tell the lead if something is wrong"


@pytest.fixture
def proved_long_ago(db_session, time_machine):
    """Provide a site whose every part was proved, two nights ago."""
    with transaction():
        upkeep.ended(job=PROVE, by=upkeep.this_process(), now=clock.now())
    assert proving.turn() == len(ProofPart)
    time_machine.move_to(clock.now() + timedelta(hours=50))


@pytest.fixture
def worker(proved_long_ago, test_database, tmp_path):
    """Provide a worker that is in the middle of proving the accounts."""
    environment = {
        **os.environ,
        "APP_ENV": "development",
        "DATABASE_URL": test_database.url,
        "NOW": clock.now().isoformat(),
        "PYTHONPATH": str(ROOT),
        "QUEUE_URL": f"sqlite:///{tmp_path / 'queue.db'}",
    }
    command = [sys.executable, "-c", WORKER]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            for line in process.stdout:
                if b"in the middle" in line:
                    break
            yield process
        finally:
            process.kill()


def standing():
    db.session.rollback()
    page = pages.proved_page(clock.now())
    return page.standing, {each.part: each.standing for each in page.shown}


def wait_for(happened, process):
    """Wait until something has happened, as long as the worker lives, and a minute at most."""
    until = time.monotonic() + 60
    while not happened():
        assert process.poll() is None
        assert time.monotonic() < until, "it waits for the proof"
        db.session.rollback()


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_of_a_proof_leaves_no_part_green_that_was_not_proved(
    client, worker
):
    begun_before = queries.begun()[ProofPart.LEDGER]
    wait_for(lambda: queries.has_run(LAST_USUAL), worker)  # they have not waited for the proof
    assert standing()[0] is Standing.OLD

    worker.send_signal(signal.SIGKILL)
    worker.wait()

    whole, parts = standing()
    assert whole is Standing.OLD
    assert parts[ProofPart.CHECKS] is parts[ProofPart.TRAIL] is Standing.PROVED
    assert parts[ProofPart.LEDGER] is parts[ProofPart.ROUNDS] is Standing.OLD
    assert queries.begun()[ProofPart.LEDGER] == begun_before, "what broke off was not written down"
    assert client.get("/proved").text.count("Proved, but too long ago") >= 2

    assert proving.turn() == 3, "the accounts, the rounds and the copy are left"
    whole, parts = standing()
    assert whole is parts[ProofPart.LEDGER] is parts[ProofPart.ROUNDS] is Standing.PROVED
