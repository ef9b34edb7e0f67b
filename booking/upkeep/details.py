"""Plain values about the running site: what was read, and what it means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from booking.domain.running import JobState, Life, MailState
from booking.foundation.chores import Undone
from booking.foundation.notifications.queries import Backlog

#: The name under which a copy of the database is written down, beside the worker's jobs.
BACKUP = "backup"


class Level(StrEnum):
    """Whether somebody has to do something, and how soon."""

    WELL = "well"
    #: Somebody should look; the site works.
    WATCH = "watch"
    #: The site does not do what people rely on.
    BROKEN = "broken"


#: How a line on a terminal begins.
MARKS = {Level.WELL: "ok", Level.WATCH: "see", Level.BROKEN: "no"}


@dataclass(frozen=True)
class Sign:
    """One thing that shows how the site runs."""

    #: What it is about, in one word for programs: "worker".
    name: str
    level: Level
    #: What is the case, as a heading, and more of it in sentences.
    title: str
    story: str = ""
    #: What to do; empty if nothing.
    advice: str = ""

    def as_json(self) -> dict[str, str]:
        """Return it for a program, without advice where there is nothing to do."""
        return {
            "name": self.name,
            "level": self.level.value,
            "title": self.title,
            "story": self.story,
            "advice": self.advice if self.level is not Level.WELL else "",
        }


@dataclass(frozen=True)
class KnownRun:
    """A job's last run, and what that says about it."""

    name: str
    worker: str
    begun_at: datetime
    ended_at: datetime | None
    failed_at: datetime | None
    failures: int
    failure: str
    state: JobState


@dataclass(frozen=True)
class Vitals:
    """What was read about the running site at one moment."""

    now: datetime
    #: Whether this is the real thing: a worker and copies are expected there.
    for_real: bool
    life: Life
    #: When a job last began or ended.
    seen_at: datetime | None
    runs: Sequence[KnownRun]
    mail: Backlog
    mail_state: MailState
    undone: Sequence[Undone]
    copied_at: datetime | None
