"""How long the last run of a job is kept once the job is gone, and counts of what was refused."""

from collections.abc import Sequence

from booking.domain.keeping import others
from booking.foundation.chores import RetentionRule, deleting
from booking.foundation.security.counts import SecurityCount
from booking.upkeep.models import JobRun


def rules() -> Sequence[RetentionRule]:
    """Return when the last run of a job, and a count, is forgotten."""
    return (
        deleting(
            "runs of jobs",
            others.JOBS,
            JobRun,
            lambda now: [JobRun.begun_at <= others.JOBS.over(now)],
        ),
        deleting(
            "counts of refusals",
            others.REFUSALS,
            SecurityCount,
            lambda now: [SecurityCount.second_at <= others.REFUSALS.over(now)],
        ),
    )
