"""Tasks for coordinators and the lead: wishes to enter, plans to work out and accept."""

from datetime import datetime

from flask import url_for
from flask_login import current_user

from booking.days.seasons import queries
from booking.days.seasons.models import PlanState, SeasonPlan
from booking.domain import english
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.web.task_lists import Task
from booking.people.schools.details import SchoolLine


def of_school(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return the plans that a school has not marked its wishes as complete for."""
    tasks = []
    for plan in queries.open_for_school(school, now):
        own = queries.planned_school(plan.id, school.id)
        if own is not None and own.finished_at is not None:
            continue
        pupils = queries.progress(plan.id).get(school.id, queries.WishProgress()).pupils
        tasks.append(
            Task(
                title=f"Enter your pupils’ choices: {plan.name}",
                url=url_for("seasons.wishes", slug=plan.slug),
                hint=_so_far(pupils),
                due_at=plan.wishes_close_at,
                tag="Choices",
                tone="info" if pupils else "warn",
            )
        )
    return tasks


def _so_far(pupils: int) -> str:
    if not pupils:
        return "Places at several events are shared out together. No pupil has any choices yet."
    have = english.plural(pupils, "pupil has", "pupils have")
    return f"{have} choices so far. Mark the list as complete when you have finished."


def of_network(*, now: datetime) -> list[Task]:
    """Return the plans whose wishes have closed, for the network's lead."""
    if not current_user.actor.has(Role.LEAD):
        return []
    now = clock.now()
    waiting = queries.listing().where(
        SeasonPlan.state == PlanState.OPEN, SeasonPlan.wishes_close_at <= now
    )
    return [
        Task(
            title=f"Work out and accept the season plan: {plan.name}",
            url=url_for("seasons.plan", slug=plan.slug),
            hint="Choices have closed, and schools are waiting to hear what they have.",
            tag="Ready to plan",
            tone="info",
        )
        for plan in db.session.scalars(waiting)
    ]
