"""How long pupils' wishes are kept, and the proposals that were worked out from them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from booking.days.seasons.models import PlannedPupil, PlanState, Proposal, SeasonPlan
from booking.domain.keeping import families
from booking.foundation.chores import RetentionRule, deleting


def rules() -> Sequence[RetentionRule]:
    """Return when wishes and proposals are deleted; the record of an accepted plan stays."""
    return (
        deleting(
            "wishes of pupils",
            families.WISHES,
            PlannedPupil,
            lambda now: [PlannedPupil.plan_id.in_(_plans_over(now))],
        ),
        deleting(
            "proposals of season plans",
            families.WISHES,
            Proposal,
            lambda now: [Proposal.plan_id.in_(_plans_over(now))],
        ),
    )


def _plans_over(now: datetime) -> Any:
    withdrawn = SeasonPlan.state == PlanState.WITHDRAWN
    return select(SeasonPlan.id).where(
        (SeasonPlan.last_on <= (families.WISHES.over(now)).date())
        | (withdrawn & (SeasonPlan.ended_at <= families.WISHES.over(now)))
    )
