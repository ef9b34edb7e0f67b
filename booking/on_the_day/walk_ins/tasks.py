"""What walk-ins ask of the home school and of the day's staff. No name: others read over
shoulders."""

from datetime import datetime

from flask import url_for

from booking.domain.permissions import Actor
from booking.foundation.web.task_lists import Task
from booking.on_the_day.rosters import windows
from booking.on_the_day.walk_ins import queries
from booking.on_the_day.walk_ins.models import WalkInOutcome
from booking.people.schools.details import SchoolLine


def of_school(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return the pupils who came at the door and of whom the school has not said who they are."""
    return [
        Task(
            title=f"Say who came to {one.event.title} without being on the list",
            url=url_for("walk_ins.put_right", public_id=one.public_id),
            hint="Ring the host: its staff have not been told what the pupil needs.",
            due_at=one.date.ends_at,
            tag="Door",
            tone="warn",
        )
        for one in queries.to_settle(school.id, since=now - windows.REGISTER_UNTIL)
    ]


def of_host(*, actor: Actor, now: datetime) -> list[Task]:
    """Return the pupils at the door of whom the day's staff know too little, while it lasts."""
    return [
        Task(
            title=_title(one.school.name, unknown=one.outcome is WalkInOutcome.NOT_OURS),
            url=url_for("walk_ins.door", slug=one.event.slug, date=one.date.number),
            hint=one.event.title,
            due_at=one.date.ends_at,
            tag="Door",
            tone="warn",
        )
        for one in queries.to_look_after(actor, since=now)
    ]


def _title(school: str, *, unknown: bool) -> str:
    if unknown:
        return f"A pupil came with {school}, which does not know them: ring it now"
    return f"Ring {school}: nobody has told us what a pupil who came at the door needs"
