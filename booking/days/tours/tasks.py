"""What tours ask people to do: answer schools, publish for one without a host, hand a kit over."""

from collections.abc import Collection
from datetime import datetime

from flask import url_for
from flask_login import current_user

from booking.days.tours import queries, words
from booking.days.tours.queries.kits import LateKit
from booking.domain.permissions import Actor, Role
from booking.foundation.web import addresses
from booking.foundation.web.task_lists import Task
from booking.people.schools.details import SchoolLine


def of_host(*, actor: Actor, now: datetime) -> list[Task]:
    """Return the wishes to answer, and the kits that are late at a host's schools."""
    ids = actor.school_ids(Role.HOST)
    if not ids:
        return []
    return [*_wishes(ids), *_late(ids, now)]


def of_school(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return the kits that a school has too long, or waits for; its hosts have their own list."""
    return [] if school.id in current_user.actor.school_ids(Role.HOST) else _late((school.id,), now)


def of_network(*, now: datetime) -> list[Task]:
    """Return the stops at schools where nobody but the lead can publish."""
    return [
        Task(
            title=f"Publish the stop of a tour at {stop.school.name}",
            url=addresses.HOST_EVENT(slug=stop.event.slug),
            hint="Nobody hosts events at this school. Publish it, or invite a host there.",
            due_at=stop.starts_at,
            tag="Tour",
            tone="warn",
        )
        for stop in queries.drafts_at_schools_without_host()
        if stop.event is not None
    ]


def _wishes(school_ids: Collection[int]) -> list[Task]:
    return [
        Task(
            title=f"Answer {stop.school.name}: a stop of {stop.tour.title}",
            url=url_for("tours.work", slug=stop.tour.slug),
            hint="Accept one of the times it offers, or decline.",
            tag="Tour",
            tone="info",
        )
        for stop in queries.unanswered(school_ids)
    ]


def _late(school_ids: Collection[int], now: datetime) -> list[Task]:
    return [
        Task(
            title=f"{late.kit.name} is late: it is still at {late.kit.holder.name}",
            url=url_for("tours.kit", public_id=late.kit.public_id),
            hint=_why(late),
            due_at=late.since,
            tag="Kit",
            tone="warn",
        )
        for late in queries.late_kits(now=now, school_ids=school_ids)
    ]


def _why(late: LateKit) -> str:
    if late.next_stop is None:
        return f"Its stop is over. Return it to {late.kit.school.name}."
    return f"{late.next_stop.school.name} needs it: {words.when(late.next_stop)}."
