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
#: The job whose failure leaves what should have gone.
PURGE = "purge what is no longer needed"
#: Signs that are only there while something is wrong.
PASSING = (
    *("sign-ins", "messages", "export", "role", "openings", "proxies", "purge", "checks"),
    "proof",
)
#: The sign of what is proved each night; the auditor is told of it as well.
PROOF = "proof"
#: What is announced to those concerned by itself, by mail and on their home pages.
ANNOUNCED = {"role"}
#: What the audit trail of a database is about in which the demonstration was played out.
DEMONSTRATION = "demonstration"


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
    #: Which of several of its name, such as the number of an entry.
    about: str = ""

    @property
    def key(self) -> str:
        """Return what tells it from every other sign: "export-1234"."""
        return f"{self.name}-{self.about}" if self.about else self.name

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
class Act:
    """An act of the audit trail that somebody should know of."""

    entry: int
    at: datetime
    #: How many rows a list had, or which role was given.
    rows: int = 0
    role: str = ""


@dataclass(frozen=True)
class Refusals:
    """What was refused lately, and what was done that leads should know of."""

    #: The most wrong sign-ins within a quarter of an hour: of one account, and of all.
    of_one_account: int = 0
    of_all: int = 0
    #: The same of messages that the card processor did not sign.
    messages: int = 0
    #: When a proxy last forwarded an address that nobody trusts.
    forwarded_at: datetime | None = None
    exports: Sequence[Act] = ()
    roles: Sequence[Act] = ()
    #: How often family data of other schools was opened within an hour.
    openings: int = 0


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
    refusals: Refusals = Refusals()
