"""How long the last run of a job is kept once the job is gone, and counts of what was refused."""

from collections.abc import Sequence
from datetime import timedelta

from booking.foundation.chores import RetentionRule, deleting
from booking.foundation.security.counts import SecurityCount
from booking.upkeep.models import JobRun

RUNS_KEPT = timedelta(days=90)


def rules() -> Sequence[RetentionRule]:
    """Return when the last run of a job, and a count, is forgotten."""
    reason = "90 days after it was last run"
    return (
        deleting("runs of jobs", reason, JobRun, lambda now: [JobRun.begun_at <= now - RUNS_KEPT]),
        deleting(
            "counts of refusals",
            "90 days after they were counted",
            SecurityCount,
            lambda now: [SecurityCount.quarter_at <= now - RUNS_KEPT],
        ),
    )
