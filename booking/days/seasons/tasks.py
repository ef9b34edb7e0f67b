"""What waits for coordinators and the lead: wishes to enter, plans to work out and accept."""

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
    """Return the plans for which a school has not said that all its wishes are in."""
    tasks = []
    for plan in queries.open_for_school(school, now):
        own = queries.planned_school(plan.id, school.id)
        if own is not None and own.finished_at is not None:
            continue
        pupils = queries.progress(plan.id).get(school.id, queries.WishProgress()).pupils
        tasks.append(
            Task(
                title=f"Enter what your pupils wish for: {plan.name}",
                url=url_for("seasons.wishes", slug=plan.slug),
                hint=_so_far(pupils),
                due_at=plan.wishes_close_at,
                tag="Wishes",
                tone="info" if pupils else "warn",
            )
        )
    return tasks


def _so_far(pupils: int) -> str:
    if not pupils:
        return "Places of several events are shared at once; no pupil has a wish yet."
    have = english.plural(pupils, "pupil has", "pupils have")
    return f"{have} wishes so far. Say when all are in."


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
            hint="Wishes have closed. Schools wait to hear what they have.",
            tag="Ready to plan",
            tone="info",
        )
        for plan in db.session.scalars(waiting)
    ]
