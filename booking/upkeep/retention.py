"""How long the last run of a job is kept once the job is gone."""

from collections.abc import Sequence
from datetime import timedelta

from booking.foundation.chores import RetentionRule, deleting
from booking.upkeep.models import JobRun

RUNS_KEPT = timedelta(days=90)


def rules() -> Sequence[RetentionRule]:
    """Return when the last run of a job is forgotten."""
    reason = "90 days after it was last run"
    return (
        deleting("runs of jobs", reason, JobRun, lambda now: [JobRun.begun_at <= now - RUNS_KEPT]),
    )
