"""What was built in a worker's database since it was clean, and by which statements."""

import os
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from sqlalchemy import URL, event, make_url
from sqlalchemy.engine import Connection, Engine
from time_machine import Traveller

#: How many calls are kept; the one that was used least recently goes first.
KEPT_MAX = 3000
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
MOMENT = timedelta(milliseconds=1)
READING = ("SELECT", "PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE")

Statement = tuple[str, Any]


class Numbers:
    """Numbers for what is not named: they begin anew in each clean database."""

    every: ClassVar["list[Numbers]"] = []

    def __init__(self) -> None:
        self.last = 0
        self.every.append(self)

    def __next__(self) -> int:
        self.last += 1
        return self.last


def numbers() -> tuple[int, ...]:
    """Return where all numbers are."""
    return tuple(each.last for each in Numbers.every)


@dataclass
class Writing:
    """What a builder writes while it runs."""

    committed: list[Statement] = field(default_factory=list)
    #: By connection, what may still be rolled back.
    waiting: dict[int, list[Statement]] = field(default_factory=dict)
    #: Whether something was written that cannot be repeated from its statements.
    spoiled: bool = False


@dataclass(frozen=True)
class Written:
    """What one call of a builder wrote and returned, and where it left the past and the numbers."""

    statements: tuple[Statement, ...]
    result: Any
    past: int
    numbers: tuple[int, ...]


class Past:
    """What was built since the database was clean; it ends when somebody else writes."""

    def __init__(self) -> None:
        self._url: URL | None = None
        self._names = count(1)
        #: A name for each past; None after its end.
        self.now: int | None = None
        self.kept: OrderedDict[Any, Written] = OrderedDict()
        self.writing: Writing | None = None
        #: What stands still until the past ends.
        self.clock: Traveller | None = None

    def begin(self, url: str) -> None:
        """Begin with the clean database at this address."""
        for each in Numbers.every:
            each.last = 0
        anew = os.environ.get("FAIRPLACE_BUILD") == "anew"
        self._url, self.now, self.clock = make_url(url), None if anew else 0, None

    def stand_still(self, clock: Traveller, at: datetime) -> None:
        """Stop the clock at this time, until the past ends."""
        clock.move_to(at, tick=False)
        self.clock = clock

    def end(self) -> None:
        """Leave everything from here on to the services."""
        self.now = None
        if self.writing is not None:
            self.writing.spoiled = True
        if self.clock is not None:
            stood_at = BEGINNING + timedelta(microseconds=self.clock.time_ns() // 1000)
            self.clock.move_to(stood_at.astimezone(LONDON), tick=True)
            self.clock = None

    def is_over(self) -> None:
        """End with the test, whose clock nobody sets any more."""
        self.now = self.clock = None

    def _step(self) -> None:
        """Let a moment pass, so that what was built later has a later time."""
        if self.clock is not None:
            self.clock.shift(MOMENT)

    @contextmanager
    def written_by_builder(self) -> Iterator[Writing]:
        """Count what is written inside as a builder's."""
        self.writing = writing = Writing()
        try:
            yield writing
        except BaseException:
            if writing.committed or writing.spoiled:
                self.end()
            raise
        finally:
            self.writing = None

    def keep(self, key: Any, statements: list[Statement], result: Any) -> None:
        """Remember what a call wrote and returned, and go on from there."""
        self.now = next(self._names)
        self.kept[key] = Written(tuple(statements), result, self.now, numbers())
        if len(self.kept) > KEPT_MAX:
            self.kept.popitem(last=False)
        self._step()

    def repeat(self, written: Written) -> None:
        """Go on from where a repeated call left everything."""
        self.now = written.past
        for each, last in zip(Numbers.every, written.numbers, strict=True):
            each.last = last
        self._step()

    def note(self, connection: Connection, statement: str, parameters: Any) -> None:
        """Keep a statement of a builder; anybody else's ends the past."""
        if self.now is None or statement.startswith(READING):
            return
        if self.writing is None or connection.engine.url != self._url:
            self.end()
        else:
            self.writing.waiting.setdefault(id(connection), []).append((statement, parameters))

    def commit(self, connection: Connection) -> None:
        """Keep what a connection commits."""
        if self.writing is not None:
            self.writing.committed += self.writing.waiting.pop(id(connection), [])

    def roll_back(self, connection: Connection) -> None:
        """Forget what a connection rolls back."""
        if self.writing is not None and self.writing.waiting.pop(id(connection), None):
            self.end()  # PostgreSQL does not give the same numbers to rows twice


past = Past()


def _listen(name: str, heard: Callable[..., None]) -> None:
    event.listen(Engine, name, heard)


_listen("before_cursor_execute", lambda c, _cursor, text, given, *_: past.note(c, text, given))
_listen("commit", past.commit)
_listen("rollback", past.roll_back)
_listen("rollback_savepoint", lambda *_: past.end())
