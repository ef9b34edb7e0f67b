"""One run on one engine: people at work, trouble, and the reckoning."""

import shutil
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from bench.chaos import moved, reckoning
from bench.chaos.checking import Found
from bench.chaos.reckoning import Reckoning
from bench.chaos.stage import Stage, Wanted, everybody, set_up
from bench.chaos.troubles import Troubles
from booking import worker
from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.notifications.models import Message

#: How often the clock is moved on at the end until all mail has gone.
DRAINS_MAX = 24
#: How long somebody may take to notice that everybody goes home.
LEAVING_S = 120


@dataclass
class Report:
    """What a run tried, and what it found."""

    engine: str
    tried: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    acknowledged: Counter[str] = field(default_factory=Counter)
    found: list[Found] = field(default_factory=list)
    #: Where the logs and the journal are kept, if anything was found.
    kept: Path | None = None
    slowest_back_s: float = 0.0
    slowest_answer_s: float = 0.0
    seconds: float = 0.0


def run(engine: str, wanted: Wanted) -> Report:
    """Run once on an engine; return what was tried and found."""
    with ExitStack() as stack:
        stage = set_up(engine, wanted, stack)
        _live(stage)
        stage.say("everybody goes home")
        stage.site.stop()
        report = _reckon(stage)
        report.seconds = time.monotonic() - stage.began
        return report


def _live(stage: Stage) -> None:
    """Let everybody work while there is trouble."""
    stage.site.start()
    threads = [
        threading.Thread(target=each.live, name=each.name, daemon=True) for each in everybody(stage)
    ]
    for thread in threads:
        thread.start()
    try:
        Troubles(stage).all()
    finally:
        stage.around.stopping.set()
        for thread in threads:
            thread.join(timeout=LEAVING_S)


def _reckon(stage: Stage) -> Report:
    report = Report(stage.database.engine)
    around, killer = stage.around, stage.killer
    reckoned = Reckoning(around, killer, stage.told_until)
    with stage.app.app_context():
        _drain(stage)
        report.found = [*stage.found, *reckoned.found()]
        db.session.remove()
    if stage.freezer:
        report.found += stage.freezer.cut(stage.wanted.cuts, around.journal)
        report.tried += stage.freezer.tried
    report.tried += stage.tried
    report.tried["mails"] = len(reckoning.delivered(around.letters))
    report.tried["mails that came twice"] = reckoning.came_twice(around.letters)
    for name, times in killer.killed.items():
        report.tried[f"kills of {name}"] = times
    report.answers, report.slowest_answer_s = around.tally.counts, around.tally.slowest_s
    report.acknowledged = around.journal.counts()
    report.slowest_back_s = killer.slowest_back_s
    if report.found:
        report.kept = _keep_logs(stage)
    return report


def _drain(stage: Stage) -> None:
    """Let the worker do what is left until all mail has gone, as hours pass."""
    unsent = select(func.count()).where(Message.state.in_(reckoning.UNSENT))
    for number in range(DRAINS_MAX):
        worker.run_all(stage.app)
        db.session.rollback()
        if number > 1 and not db.session.scalar(unsent):
            return
        moved.move(stage.folder, clock.now() + timedelta(minutes=6 * (number + 1)))


def _keep_logs(stage: Stage) -> Path:
    kept = Path(tempfile.mkdtemp(prefix="chaos-found-"))
    for file in (*stage.folder.glob("*.log"), stage.folder / "journal"):
        if file.exists():
            shutil.copyfile(file, kept / file.name)
    return kept
