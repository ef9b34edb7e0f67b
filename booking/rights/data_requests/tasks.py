"""Requests to answer, for the home pages of schools and leads."""

from collections.abc import Sequence
from datetime import datetime, time

from flask import url_for
from flask_login import current_user

from booking.domain import data_rights, permissions, terms
from booking.domain.permissions import Action
from booking.foundation.web.task_lists import Task
from booking.people.schools.details import SchoolLine
from booking.rights.data_requests import queries, words
from booking.rights.data_requests.models import DataRequest


def of_school(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return what a school has to answer."""
    return _tasks(queries.open_ones(school.id), "data_requests.show", now)


def of_network(*, now: datetime) -> list[Task]:
    """Return what the leads have to answer; whoever only reads the network has none."""
    if not permissions.may(current_user.actor, Action.RUN_NETWORK):
        return []
    return _tasks(queries.open_ones(None), "data_requests.network_show", now)


def _tasks(found: Sequence[DataRequest], page: str, now: datetime) -> list[Task]:
    today = terms.london(now).date()
    tasks = []
    for one in found:
        tag, tone = "Request", "info"
        if data_rights.is_soon(one.due_on, today):
            tag, tone = words.LATE if one.due_on < today else words.SOON
        tasks.append(
            Task(
                f"Somebody asks for {words.SHORT[one.asked_right]}",
                url_for(page, public_id=one.public_id),
                "About what is held. The law gives you until this day.",
                due_at=datetime.combine(one.due_on, time(17), terms.LONDON),
                tag=tag,
                tone=tone,
            )
        )
    return tasks
