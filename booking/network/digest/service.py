"""Count people in, and send the digests that are due."""

from datetime import datetime

from sqlalchemy import DateTime, delete, literal, select

from booking.domain import digests
from booking.domain.permissions import Actor, Grant
from booking.foundation.db import db, insert_into
from booking.network.digest import locks, mail, pages
from booking.network.digest.models import LifeDigest
from booking.people.schools.models import Person


def begin(*, now: datetime) -> int:
    """Count in whoever sees network life and was not: their first digest tells what comes now."""
    missing = select(Person.id, literal(now, DateTime(timezone=True)), literal("")).where(
        *locks.gets_it(), Person.id.not_in(select(LifeDigest.person_id))
    )
    row = insert_into(LifeDigest).from_select(["person_id", "at", "tasks_digest"], missing)
    made = db.session.scalars(row.on_conflict_do_nothing().returning(LifeDigest.person_id))
    return len(made.all())


def send(*, now: datetime) -> int:
    """Work out the digests of some people for whom this week's is due; return of how many.

    Whoever has nothing new gets no mail, and counts as told. It reads through ports of pages, whose
    links need a request's context; the job provides one.
    """
    week = digests.last_due(now)
    found = locks.due(week)
    for row in found:
        since = digests.begins(row.at, now)
        contents = pages.contents(_actor(row.person), now=now, since=since)
        if contents.is_worth_it(row.tasks_digest):
            mail.send(row.person, contents, week=week, now=now)
        row.at, row.tasks_digest = now, contents.marks
    return len(found)


def forget(person: Person) -> None:
    """Count out whoever loses their name."""
    db.session.execute(delete(LifeDigest).where(LifeDigest.person_id == person.id))


def _actor(person: Person) -> Actor:
    held = person.grants
    grants = frozenset(Grant(grant.role, grant.school_id, grant.event_id) for grant in held)
    return Actor(person_id=person.id, grants=grants)
