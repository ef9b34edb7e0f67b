"""How long pupils' wishes are kept, and the proposals that were worked out from them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from booking.days.seasons.models import PlannedPupil, PlanState, Proposal, SeasonPlan
from booking.foundation.chores import RetentionRule, deleting

WISHES_KEPT = timedelta(days=30)


def rules() -> Sequence[RetentionRule]:
    """Return when wishes and proposals are deleted; the record of an accepted plan stays."""
    return (
        deleting(
            "wishes of pupils",
            "30 days after the season plan's last day, or after it was withdrawn",
            PlannedPupil,
            lambda now: [PlannedPupil.plan_id.in_(_plans_over(now))],
        ),
        deleting(
            "proposals of season plans",
            "with the wishes that they were worked out from",
            Proposal,
            lambda now: [Proposal.plan_id.in_(_plans_over(now))],
        ),
    )


def _plans_over(now: datetime) -> Any:
    withdrawn = SeasonPlan.state == PlanState.WITHDRAWN
    return select(SeasonPlan.id).where(
        (SeasonPlan.last_on <= (now - WISHES_KEPT).date())
        | (withdrawn & (SeasonPlan.ended_at <= now - WISHES_KEPT))
    )
