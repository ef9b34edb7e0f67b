"""What families' answers ask of their school."""

from datetime import datetime

from flask import url_for

from booking.domain import english, names
from booking.domain.permissions import Actor
from booking.foundation.web.task_lists import Task
from booking.on_the_day.answers import queries, words
from booking.people.schools.details import SchoolLine


def of_school(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return what families changed late, and whom to ask what their child eats."""
    return [*_changes(school, now), *_diets(school, now)]


def of_host(*, actor: Actor, now: datetime) -> list[Task]:
    """Return the events whose families changed something that the day's staff may read by now."""
    return [
        Task(
            title=f"{english.plural(count, 'late change')} of answers for {title}",
            url=url_for("answers.changes", slug=slug),
            hint="A roster that was printed before is no longer right.",
            due_at=starts_at,
            tag="Changed",
            tone="warn",
        )
        for slug, title, count, starts_at in queries.unseen_by_host(actor, now=now)
    ]


def _changes(school: SchoolLine, now: datetime) -> list[Task]:
    return [
        Task(
            title=(
                f"{names.short(due.forename, due.surname)} at {due.title}: "
                f"{words.parts(due.parts)} changed"
            ),
            url=url_for("answers.pupil", public_id=due.public_id),
            hint="The family changed it after the place was confirmed.",
            due_at=due.starts_at,
            tag="Changed",
            tone="warn",
        )
        for due in queries.unseen_by_school(school.id, now=now)
    ]


def _diets(school: SchoolLine, now: datetime) -> list[Task]:
    return [
        Task(
            title=f"Ask what {names.short(due.forename, due.surname)} eats at {due.title}",
            url=url_for("answers.pupil", public_id=due.public_id, _anchor="food"),
            hint="The family ticked “Something else”. The kitchen waits for your word.",
            due_at=due.starts_at,
            tag="Food",
            tone="info",
        )
        for due in queries.diets_to_ask(school.id, now=now)
    ]
