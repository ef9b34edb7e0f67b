"""Reads of ideas: lists of them, one with its schools, and what is to be told."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from booking.days.ideas.details import Support
from booking.days.ideas.models import Idea, IdeaSecond, IdeaState
from booking.foundation.db import db
from booking.people.schools.models import Person

#: How many tasks about ideas a page has.
TASKS_MAX = 5


def by_public_id(public_id: str) -> Idea | None:
    """Return an idea with whose it is and what came of it."""
    return db.session.scalar(
        select(Idea)
        .where(Idea.public_id == public_id)
        .options(
            joinedload(Idea.school),
            joinedload(Idea.proposed_by),
            joinedload(Idea.taken_up_by),
            joinedload(Idea.event),
        )
    )


def listing(*, others: bool = False) -> Select[Idea]:
    """Return the statement for open ideas, those touched last first; or for all the others."""
    is_open = (Idea.state == IdeaState.OPEN) & Idea.event_id.is_(None)
    return (
        select(Idea)
        .where(~is_open if others else is_open)
        .options(joinedload(Idea.school), joinedload(Idea.event))
        .order_by(Idea.touched_at.desc(), Idea.id.desc())
    )


def support(idea_ids: Collection[int]) -> dict[int, Support]:
    """Return who seconds each of these ideas, in one query."""
    found = (
        select(IdeaSecond.idea_id, func.count(), func.sum(IdeaSecond.pupils))
        .where(IdeaSecond.idea_id.in_(idea_ids))
        .group_by(IdeaSecond.idea_id)
    )
    seconded = {id_: Support(schools, pupils) for id_, schools, pupils in db.session.execute(found)}
    return dict.fromkeys(idea_ids, Support()) | seconded


def seconds(idea_id: int) -> Sequence[IdeaSecond]:
    """Return the schools that second an idea, the first to do so first."""
    return db.session.scalars(
        select(IdeaSecond)
        .where(IdeaSecond.idea_id == idea_id)
        .options(joinedload(IdeaSecond.school), joinedload(IdeaSecond.person))
        .order_by(IdeaSecond.seconded_at, IdeaSecond.id)
    ).all()


def second_of(idea_id: int, school_id: int) -> IdeaSecond | None:
    """Return a school's seconding of an idea."""
    return db.session.scalar(
        select(IdeaSecond).where(IdeaSecond.idea_id == idea_id, IdeaSecond.school_id == school_id)
    )


def of_event(event_id: int) -> Idea | None:
    """Return the idea that an event was made from."""
    return db.session.scalar(
        select(Idea)
        .where(Idea.event_id == event_id)
        .options(joinedload(Idea.school), joinedload(Idea.proposed_by))
    )


def to_look_at(*, since: datetime, seconded_by: int) -> list[tuple[Idea, Support]]:
    """Return the open ideas that are new, or that many schools second, for the lead."""
    many = (
        select(IdeaSecond.idea_id).group_by(IdeaSecond.idea_id).having(func.count() >= seconded_by)
    )
    ideas = db.session.scalars(
        listing().where(or_(Idea.proposed_at > since, Idea.id.in_(many))).limit(TASKS_MAX)
    ).all()
    found = support([idea.id for idea in ideas])
    return [(idea, found[idea.id]) for idea in ideas]


def untold() -> Select[*tuple[Any, ...]]:
    """Return the statement for seconds that nobody was told of: (second, idea, whose it is)."""
    return (
        select(IdeaSecond, Idea, Person)
        .join(Idea, Idea.id == IdeaSecond.idea_id)
        .join(Person, Person.id == Idea.proposed_by_id)
        .where(
            IdeaSecond.told_at.is_(None),
            Person.disabled_at.is_(None),
            Idea.state == IdeaState.OPEN,
            Idea.event_id.is_(None),
        )
        .options(joinedload(IdeaSecond.school))
        .order_by(Person.id, Idea.id, IdeaSecond.id)
    )


def people_behind(idea: Idea) -> list[Person]:
    """Return whoever had an idea, then who seconded it, as far as they can still sign in."""
    ids = [idea.proposed_by_id, *(second.person_id for second in seconds(idea.id))]
    found = db.session.scalars(
        select(Person).where(Person.id.in_(ids), Person.disabled_at.is_(None))
    ).all()
    by_id = {person.id: person for person in found}
    return [by_id[id_] for id_ in dict.fromkeys(ids) if id_ in by_id]
