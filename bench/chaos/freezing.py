"""Copies of a SQLite database in the middle of its work, cut and torn as a power cut would.

The site's processes are stopped for the moment of the copy, so the copy is what the disk would
hold. A commit waits for the disk before anybody is told of it, so a tail that is torn after the
last commit loses nothing. A cut before it is a state that the database had earlier: older, but
whole.
"""

import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select, text

from bench.chaos import checking, network
from bench.chaos.checking import Found
from bench.chaos.databases import Sqlite
from bench.chaos.journal import Journal
from bench.chaos.processes import Site
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db

LOG = "fairplace.db-wal"
SETTLING_S = 0.02
TORN_BYTES = 6000
#: The doctor examines one cut in so many: it takes longer than everything else together.
EXAMINED = 4


@dataclass(frozen=True)
class Frozen:
    """One copy, and the moment up to which everything acknowledged must be in it."""

    folder: Path
    at: float


@dataclass
class Freezer:
    """Makes copies, and opens them cut at every point of their logs."""

    site: Site
    database: Sqlite
    folder: Path
    dice: random.Random
    copies: list[Frozen] = field(default_factory=list)
    tried: Counter[str] = field(default_factory=Counter)

    def freeze(self) -> None:
        """Copy the file and its log while everybody stands still."""
        folder = self.folder / f"frozen{len(self.copies)}"
        folder.mkdir()
        at = time.monotonic()
        for program in self.site.programs:
            program.signal(signal.SIGSTOP)
        try:
            time.sleep(SETTLING_S)
            for file in self.database.file.parent.glob("fairplace.db*"):
                if not file.name.endswith("-shm"):
                    shutil.copyfile(file, folder / file.name)
        finally:
            for program in self.site.programs:
                program.signal(signal.SIGCONT)
        self.copies.append(Frozen(folder, at))
        self.tried["frozen copies"] += 1

    def cut(self, cuts: int, journal: Journal) -> Iterator[Found]:
        """Open every copy torn at its end, and so many times cut before it; yield what is wrong."""
        folder = self.folder / "cut"
        folder.mkdir()
        app = network.application(f"sqlite:///{folder / 'fairplace.db'}")
        with app.app_context():
            for number, copy in enumerate(self.copies):
                share = cuts * (number + 1) // len(self.copies) - cuts * number // len(self.copies)
                yield from self._cut_one(app, copy, share, journal)

    def _cut_one(self, app: Flask, copy: Frozen, cuts: int, journal: Journal) -> Iterator[Found]:
        log = copy.folder / LOG
        size = log.stat().st_size if log.exists() else 0
        self.tried["log, in kB, the largest"] = max(
            self.tried["log, in kB, the largest"], size // 1024
        )
        yield from self._open(copy, size, torn=True)
        for each in checking.lost(journal.until(copy.at), journal.unheard, newest=False):
            yield Found("torn", f"{copy.folder.name}: {each.words}")
        yield from checking.unsound()
        known = _known()
        # From the end to the beginning: what is cut shorter never knows more.
        for number, at in enumerate(sorted(self._points(size, cuts - 1), reverse=True)):
            yield from self._open(copy, at, torn=number % 2 == 0)
            now_known = _known()
            if now_known > known:
                yield Found("torn", f"cut at {at} of {size}: {now_known} entries, not {known}")
            known = now_known
            yield from checking.oversold()
            if number % EXAMINED == 0:
                self.tried["of these examined by the doctor"] += 1
                yield from checking.unsound()

    def _points(self, size: int, cuts: int) -> list[int]:
        return [self.dice.randrange(size) if size else 0 for _ in range(max(0, cuts))]

    def _open(self, copy: Frozen, at: int, *, torn: bool) -> Iterator[Found]:
        """Put the copy in place, cut its log at a byte and perhaps tear it there; look inside."""
        folder = self.folder / "cut"
        db.session.remove()
        db.engine.dispose()
        for left in folder.iterdir():
            left.unlink()
        for file in copy.folder.iterdir():
            shutil.copyfile(file, folder / file.name)
        if (folder / LOG).exists():
            with (folder / LOG).open("r+b") as log:
                log.truncate(at)
                log.seek(at)
                log.write(self.dice.randbytes(self.dice.randrange(TORN_BYTES)) if torn else b"")
        self.tried["cut points"] += 1
        for pragma in ("integrity_check", "foreign_key_check"):
            said = [tuple(row) for row in db.session.execute(text(f"PRAGMA {pragma}"))]
            if said and said != [("ok",)]:
                yield Found("torn", f"cut at {at}: {pragma} says {said[:3]}")
        db.session.rollback()


def _known() -> int:
    return int(db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0)
