"""What the way to an event asks of a school: say how, answer others, read what became of seats."""

from datetime import datetime, timedelta

from flask import url_for

from booking.foundation.web.task_lists import Task
from booking.on_the_day.travel import queries, words
from booking.on_the_day.travel.models import SeatState
from booking.people.schools.details import SchoolLine

#: How long before an event its way there becomes a task.
DUE = timedelta(days=14)


def of_school(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return the plans to make or to look at again, and the seats to answer for or read about."""
    return [*_plans(school, now), *_seats(school, now)]


def _plans(school: SchoolLine, now: datetime) -> list[Task]:
    return [
        Task(
            title=(
                f"Check how you travel to {due.title}: it has moved"
                if due.is_to_check
                else f"Say how your pupils travel to {due.title}"
            ),
            url=url_for("travel.plan", slug=due.slug),
            hint="The host needs your time of arrival; your approval system the rest.",
            due_at=due.starts_at,
            tag="Travel",
            tone="warn" if due.is_to_check else "neutral",
        )
        for due in queries.plans_due(school.id, now=now, until=now + DUE)
    ]


def _seats(school: SchoolLine, now: datetime) -> list[Task]:
    return [
        Task(
            title=_title(due),
            url=url_for("travel.plan", slug=due.slug),
            hint=f"For {due.title}.",
            due_at=due.starts_at,
            tag="Seats",
            tone="info" if due.is_giver or due.state is SeatState.CONFIRMED else "warn",
        )
        for due in queries.seats_due(school.id, now=now)
    ]


def _title(due: queries.SeatsDue) -> str:
    count = words.seats(due.seats)
    if due.is_giver:
        return f"Answer {due.school}: {count} in your bus"
    match due.state:
        case SeatState.CONFIRMED:
            return f"Read about your {count} in the bus of {due.school}"
        case SeatState.CALLED_OFF:
            return f"Your {count} with {due.school} are off: the event is cancelled"
        case _:
            return f"No seats with {due.school}: find another way"
