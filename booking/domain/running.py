"""Whether the worker and each of its jobs are running, judged by the times that they wrote down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

#: A worker begins some job every minute, and few jobs take longer than this.
ALIVE_FOR = timedelta(minutes=5)
#: Nothing a worker does keeps it silent for so long.
DEAD_AFTER = timedelta(minutes=20)
#: How late a job may be beyond three of its turns: a worker that was restarted catches up.
GRACE = timedelta(minutes=20)
#: A worker that was away begins everything at once; a job gets so long to end before it is judged.
JUST_BEGUN = timedelta(minutes=1)
#: A job that failed once runs again by itself; only when it fails again does somebody need to look.
FAILURES_MIN = 2
#: Mail that goes out is sent within minutes; after this time without any, somebody should look.
MAIL_SLOW_AFTER = timedelta(hours=1)
#: A server that asks us to come back later has accepted by then.
MAIL_STUCK_AFTER = timedelta(hours=4)
#: A few mails may be waiting for a full mailbox; more than that, and it is not the mailbox.
MAILBOXES_MAX = 2
DAY = timedelta(days=1)


class Life(StrEnum):
    """Whether there is a worker."""

    ALIVE = "alive"
    LATE = "late"
    DEAD = "dead"
    NEVER = "never"


class JobState(StrEnum):
    """Whether a job does its work when it should."""

    WELL = "well"
    FAILING = "failing"
    OVERDUE = "overdue"


class MailState(StrEnum):
    """Whether mail goes out."""

    WELL = "well"
    SLOW = "slow"
    STUCK = "stuck"


@dataclass(frozen=True)
class Run:
    """When a job last began, and when it last ended without failing."""

    every: timedelta
    begun_at: datetime
    ended_at: datetime | None = None
    #: How often it has failed in a row since then.
    failures: int = 0


def life(signs: Iterable[datetime], now: datetime) -> Life:
    """Return whether there is a worker, from when its jobs began and ended.

    The sign nearest to now counts, whether before or after it: if the clock is put back by a day,
    what a worker wrote before then says nothing about the rest of that day.
    """
    distances = [abs(now - sign) for sign in signs]
    if not distances:
        return Life.NEVER
    nearest = min(distances)
    if nearest <= ALIVE_FOR:
        return Life.ALIVE
    return Life.LATE if nearest <= DEAD_AFTER else Life.DEAD


def job_state(run: Run, now: datetime) -> JobState:
    """Return whether a job does its work; one that has just begun may be about to."""
    if run.failures >= FAILURES_MIN:
        return JobState.FAILING
    if abs(now - run.begun_at) <= JUST_BEGUN:
        return JobState.WELL
    if abs(now - (run.ended_at or run.begun_at)) > 3 * run.every + GRACE:
        return JobState.OVERDUE
    return JobState.WELL


def mail_state(
    waiting: int, oldest_at: datetime | None, sent_at: datetime | None, now: datetime
) -> MailState:
    """Return whether mail goes out: how much waits, since when, and when one was last sent.

    One or two mails may be waiting for a mailbox that is full, which is nobody's fault here; that
    no mail has gone out for hours is.
    """
    if oldest_at is None:
        return MailState.WELL
    silent = now - max(oldest_at, sent_at or oldest_at)
    stuck_after = MAIL_STUCK_AFTER if waiting > MAILBOXES_MAX else DAY
    if silent > stuck_after:
        return MailState.STUCK
    if silent > MAIL_SLOW_AFTER or now - oldest_at > DAY:
        return MailState.SLOW
    return MailState.WELL
