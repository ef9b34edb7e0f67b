"""Lock a season plan, which comes before its events.

People who enter wishes share the plan's row; somebody who accepts, extends or withdraws it has it
alone.
"""

from datetime import datetime

from sqlalchemy import select

from booking.days.seasons import refusals
from booking.days.seasons.models import PlanState, SeasonPlan
from booking.domain import terms
from booking.foundation.db import db


def plan(plan_id: int, *, shared: bool = False) -> SeasonPlan:
    """Return the plan as it is now, locked, or shared with others who enter wishes."""
    return db.session.scalars(
        select(SeasonPlan)
        .where(SeasonPlan.id == plan_id)
        .with_for_update(read=shared)
        .execution_options(populate_existing=True)
    ).one()


def open_plan(plan_id: int, *, shared: bool = False) -> SeasonPlan:
    """Return the plan, locked; raise AlreadyAccepted or NotOpen unless it is open."""
    locked = plan(plan_id, shared=shared)
    if locked.state is PlanState.ACCEPTED:
        assert locked.ended_at is not None, "an accepted plan has its moment"
        raise refusals.AlreadyAccepted(
            f"“{locked.name}” was accepted at {terms.in_sentence(locked.ended_at)}. "
            "A plan is only accepted once, and it stands."
        )
    if locked.state is PlanState.WITHDRAWN:
        raise refusals.NotOpen(f"“{locked.name}” has been withdrawn. Open a new plan instead.")
    return locked


def wishes_open(plan_id: int, now: datetime) -> SeasonPlan:
    """Return the plan, shared; raise WishesClosed when its deadline has passed."""
    locked = open_plan(plan_id, shared=True)
    if locked.wishes_close_at <= now:
        raise refusals.WishesClosed(
            f"Choices for “{locked.name}” closed at {terms.in_sentence(locked.wishes_close_at)}. "
            "Ask the network lead to extend the deadline."
        )
    return locked
