"""Copies of a SQLite database in the middle of its work, cut and torn as a power cut would.

The site's processes are stopped for the moment of the copy, so the copy is what the disk would
hold. A commit waits for the disk before anybody is told of it, so a tail that is torn after the
last commit loses nothing. A cut before it is a state that the database had earlier: older, but
whole. How far the log has been written into the file (and so was on the disk before) is in the
log's index; no power cut takes that back, so nothing is cut before it.
"""

import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from bench.chaos import checking, network
from bench.chaos.checking import Found
from bench.chaos.databases import Sqlite
from bench.chaos.journal import Journal
from bench.chaos.processes import Site
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db

LOG = "fairplace.db-wal"
#: The log's header and each of its frames, in bytes, with SQLite's usual pages (fileformat2.html).
LOG_HEADER, FRAME = 32, 24 + 4096
#: Where the index of the log says how far it goes, in words of four bytes (walformat.html).
INDEX_HEADER, LAST_FRAME, BACKFILLED, BACKFILL_TRIED = 136, 4, 24, 32
SETTLING_S = 0.02
TORN_BYTES = 6000
#: The doctor examines one cut in so many: it takes longer than everything else together.
EXAMINED = 4


@dataclass(frozen=True)
class Frozen:
    """One copy, and the moment up to which everything acknowledged must be in it."""

    folder: Path
    at: float
    #: Which bytes of the log may be missing after a power cut: from here, and where commits end.
    cut_from: int
    ends: int


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
                shutil.copyfile(file, folder / file.name)
        finally:
            for program in self.site.programs:
                program.signal(signal.SIGCONT)
        cut_from, ends = _log_of(folder)
        self.copies.append(Frozen(folder, at, cut_from, ends))
        self.tried["frozen copies"] += 1

    def cut(self, cuts: int, journal: Journal) -> Iterator[Found]:
        """Open every copy torn at its end, and so many times cut before it; yield what is wrong."""
        folder = self.folder / "cut"
        folder.mkdir()
        app = network.application(f"sqlite:///{folder / 'fairplace.db'}")
        with app.app_context():
            for number, copy in enumerate(self.copies):
                share = cuts * (number + 1) // len(self.copies) - cuts * number // len(self.copies)
                yield from self._cut_one(copy, share, journal)

    def _cut_one(self, copy: Frozen, cuts: int, journal: Journal) -> Iterator[Found]:
        self.tried["kB of log that may be cut, in all"] += (copy.ends - copy.cut_from) // 1024
        yield from self._look(copy, copy.ends, torn=True, doctor=True)
        for each in checking.lost(journal.until(copy.at), journal.unheard, newest=False):
            yield Found("torn", f"{copy.folder.name}: {each.words}")
        known = _known()
        # From the end to the beginning: what is cut shorter never knows more.
        for number, at in enumerate(sorted(self._points(copy, cuts - 1), reverse=True)):
            doctor = number % EXAMINED == 0
            yield from self._look(copy, at, torn=number % 2 == 0, doctor=doctor)
            before, known = known, _known()
            if known > before:
                yield Found("torn", f"cut at {at}: {known} entries, not {before}")

    def _look(self, copy: Frozen, at: int, *, torn: bool, doctor: bool) -> list[Found]:
        """Return what is wrong with a copy whose log is cut at a byte, and perhaps torn there."""
        self._put_in_place(copy, at, torn=torn)
        self.tried["cut points"] += 1
        self.tried["of these examined by the doctor"] += doctor
        try:
            found = list(_pages())
            found += checking.oversold()
            found += checking.unsound() if doctor else ()
        except DatabaseError as error:
            found = [Found("torn", str(error.orig))]
        return [Found("torn", f"{copy.folder.name} cut at {at}: {each.words}") for each in found]

    def _points(self, copy: Frozen, cuts: int) -> list[int]:
        return [self.dice.randint(copy.cut_from, copy.ends) for _ in range(max(0, cuts))]

    def _put_in_place(self, copy: Frozen, at: int, *, torn: bool) -> None:
        folder = self.folder / "cut"
        db.session.remove()
        db.engine.dispose()
        for left in folder.iterdir():
            left.unlink()
        for file in copy.folder.iterdir():
            if not file.name.endswith("-shm"):
                shutil.copyfile(file, folder / file.name)
        if (folder / LOG).exists():
            with (folder / LOG).open("r+b") as log:
                log.truncate(at)
                log.seek(at)
                log.write(self.dice.randbytes(self.dice.randrange(TORN_BYTES)) if torn else b"")


def _pages() -> Iterator[Found]:
    """Yield what SQLite itself says is wrong with the file."""
    for pragma in ("integrity_check", "foreign_key_check"):
        said = [tuple(row) for row in db.session.execute(text(f"PRAGMA {pragma}"))]
        if said and said != [("ok",)]:
            yield Found("torn", f"{pragma} says {said[:3]}")
    db.session.rollback()


def _log_of(folder: Path) -> tuple[int, int]:
    """Return from where the log of a copy may be cut, and where its last commit ends."""
    index = folder / "fairplace.db-shm"
    if not index.exists() or not (folder / LOG).exists():
        return 0, 0
    words = memoryview(index.read_bytes()[:INDEX_HEADER]).cast("I")
    written, committed = max(words[BACKFILLED], words[BACKFILL_TRIED]), words[LAST_FRAME]
    starts_at = LOG_HEADER + written * FRAME if written else 0
    return starts_at, max(starts_at, LOG_HEADER + committed * FRAME) if committed else starts_at


def _known() -> int:
    """Return how many entries the trail has; -1 if the file cannot be read."""
    try:
        return int(db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0)
    except DatabaseError:
        return -1
