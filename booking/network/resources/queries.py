"""Reads of resources: the list, one with its versions and notes, materials of an event, a feed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.domain.permissions import Actor, Role
from booking.domain.resourcing import SUBJECT_NAMES, SubjectArea
from booking.foundation.db import db
from booking.foundation.tokens import token_hash
from booking.network.resources.details import ResourceFilters
from booking.network.resources.models import (
    EventMaterial,
    Resource,
    ResourceFeed,
    ResourceProblem,
    ResourceSubject,
    ResourceVersion,
    TriedNote,
)
from booking.people.schools.models import Person, RoleGrant, School

#: How many resources a search on an event's page finds, and how many a feed has.
FOUND_MAX, FEED_MAX = 12, 50
#: How many problems a lead's home page asks about; more appear once these are settled.
TASKS_MAX = 5
#: How many events somebody chooses from who says where a resource was used.
EVENTS_MAX = 60


def by_public_id(public_id: str) -> Resource | None:
    """Return a resource, whether or not it was withdrawn."""
    return db.session.scalars(
        select(Resource)
        .where(Resource.public_id == public_id)
        .options(
            joinedload(Resource.school),
            joinedload(Resource.author).selectinload(Person.grants),
            joinedload(Resource.used_at),
            selectinload(Resource.subjects),
        )
    ).one_or_none()


def listing(filters: ResourceFilters, *, actor: Actor) -> Select[Resource]:
    """Return the statement for the resources that somebody looks for, the newest first."""
    return (
        select(Resource)
        .where(*_conditions(filters, actor))
        .options(joinedload(Resource.school), selectinload(Resource.subjects))
        .order_by(Resource.changed_at.desc(), Resource.id.desc())
    )


def first_found(text: str, actor: Actor) -> Sequence[Resource]:
    """Return the newest resources that a search for a text finds, a few."""
    found = listing(ResourceFilters(q=text), actor=actor).limit(FOUND_MAX)
    return db.session.scalars(found).all()


def _conditions(filters: ResourceFilters, actor: Actor) -> list[ColumnElement[bool]]:
    if filters.withdrawn:
        found = [Resource.withdrawn_at.is_not(None), *_kept_by(actor)]
    else:
        found = [Resource.withdrawn_at.is_(None)]
    found += [_has_word(word) for word in filters.q.split()]
    if filters.subject is not None:
        found.append(Resource.subjects.any(ResourceSubject.subject == filters.subject))
    if filters.year is not None:
        found += [Resource.low_year <= filters.year, Resource.high_year >= filters.year]
    if filters.kind is not None:
        found.append(Resource.kind == filters.kind)
    if filters.licence is not None:
        found.append(Resource.licence == filters.licence)
    return found


def _kept_by(actor: Actor) -> list[ColumnElement[bool]]:
    if actor.has(Role.LEAD):
        return []
    schools = actor.school_ids(Role.COORDINATOR)
    return [or_(Resource.author_id == actor.person_id, Resource.school_id.in_(schools))]


def _has_word(word: str) -> ColumnElement[bool]:
    """Return the condition that a word is in a resource's title, words, subjects or school."""
    named = [each for each, name in SUBJECT_NAMES.items() if word.casefold() in name.lower()]
    return or_(
        Resource.title.icontains(word, autoescape=True),
        Resource.about.icontains(word, autoescape=True),
        Resource.subjects.any(ResourceSubject.subject.in_(named)),
        Resource.school.has(School.name.icontains(word, autoescape=True)),
    )


class SaidOfResource(NamedTuple):
    """What a list says about a resource besides itself: its newest version, and its notes."""

    number: int = 1
    notes: int = 0


def said_of(ids: Collection[int]) -> Mapping[int, SaidOfResource]:
    """Return the number of the newest version and how many notes there are, by resource."""
    newest = select(ResourceVersion.resource_id, func.max(ResourceVersion.number)).where(
        ResourceVersion.resource_id.in_(ids)
    )
    notes = select(TriedNote.resource_id, func.count()).where(
        TriedNote.resource_id.in_(ids), TriedNote.hidden_at.is_(None)
    )
    numbers = _numbers(newest.group_by(ResourceVersion.resource_id))
    counts = _numbers(notes.group_by(TriedNote.resource_id))
    return {id_: SaidOfResource(numbers.get(id_, 1), counts.get(id_, 0)) for id_ in ids}


def _numbers(counted: Select[int, int]) -> dict[int, int]:
    return {id_: number for id_, number in db.session.execute(counted)}


def versions(resource_id: int) -> Sequence[ResourceVersion]:
    """Return every version of a resource with its file, the newest first."""
    return db.session.scalars(
        select(ResourceVersion)
        .where(ResourceVersion.resource_id == resource_id)
        .options(joinedload(ResourceVersion.file))
        .order_by(ResourceVersion.number.desc())
    ).all()


def last_number(resource_id: int) -> int:
    """Return the number of a resource's newest version; 0 if it has none yet."""
    found = select(func.max(ResourceVersion.number))
    return db.session.scalar(found.where(ResourceVersion.resource_id == resource_id)) or 0


def notes(resource_id: int) -> Sequence[TriedNote]:
    """Return what was said by those who tried a resource, hidden notes too, the newest first."""
    return db.session.scalars(
        select(TriedNote)
        .where(TriedNote.resource_id == resource_id)
        .options(
            joinedload(TriedNote.school), joinedload(TriedNote.author).selectinload(Person.grants)
        )
        .order_by(TriedNote.written_at.desc(), TriedNote.id.desc())
    ).all()


def note(public_id: str) -> TriedNote | None:
    """Return a note with what it is about."""
    return db.session.scalars(
        select(TriedNote)
        .where(TriedNote.public_id == public_id)
        .options(joinedload(TriedNote.resource), joinedload(TriedNote.author))
    ).one_or_none()


def institution_of(person_id: int | None) -> str:
    """Return where an associate comes from; "" for everybody else."""
    found = select(RoleGrant.institution).where(
        RoleGrant.person_id == person_id, RoleGrant.role == Role.ASSOCIATE
    )
    return db.session.scalar(found.order_by(RoleGrant.id).limit(1)) or ""


def written_by(person_id: int) -> tuple[int, int]:
    """Return how many resources somebody shared that stand, and how many notes they wrote."""
    shared = select(func.count(Resource.id)).where(
        Resource.author_id == person_id, Resource.withdrawn_at.is_(None)
    )
    said = select(func.count(TriedNote.id)).where(TriedNote.author_id == person_id)
    return db.session.scalar(shared) or 0, db.session.scalar(said) or 0


def open_problems(resource_id: int) -> Sequence[ResourceProblem]:
    """Return what was told to the lead about a resource and is not settled, the oldest first."""
    return db.session.scalars(
        _open_problems().where(ResourceProblem.resource_id == resource_id)
    ).all()


def problems_to_settle() -> Sequence[ResourceProblem]:
    """Return some problems that are not settled, the oldest first."""
    return db.session.scalars(_open_problems().limit(TASKS_MAX)).all()


def _open_problems() -> Select[ResourceProblem]:
    return (
        select(ResourceProblem)
        .where(ResourceProblem.settled_at.is_(None))
        .options(joinedload(ResourceProblem.resource), joinedload(ResourceProblem.told_by))
        .order_by(ResourceProblem.told_at, ResourceProblem.id)
    )


def problem(public_id: str) -> ResourceProblem | None:
    """Return what somebody told the lead, with what it is about."""
    return db.session.scalars(
        select(ResourceProblem)
        .where(ResourceProblem.public_id == public_id)
        .options(joinedload(ResourceProblem.resource), joinedload(ResourceProblem.told_by))
    ).one_or_none()


def materials(event_id: int) -> Sequence[Resource]:
    """Return the resources among an event's materials that were not withdrawn, in their order."""
    return db.session.scalars(
        select(Resource)
        .join(EventMaterial, EventMaterial.resource_id == Resource.id)
        .where(EventMaterial.event_id == event_id, Resource.withdrawn_at.is_(None))
        .options(joinedload(Resource.school))
        .order_by(EventMaterial.added_at, Resource.id)
    ).all()


def to_put_with(event_id: int, text: str, *, actor: Actor) -> Sequence[Resource]:
    """Return some resources with these words that are not among an event's materials yet."""
    there = select(EventMaterial.resource_id).where(EventMaterial.event_id == event_id)
    found = listing(ResourceFilters(q=text), actor=actor).where(Resource.id.not_in(there))
    return db.session.scalars(found.limit(FOUND_MAX)).all()


class NamedEvent(NamedTuple):
    """An event where something may have been used."""

    id: int
    title: str
    first_starts_at: datetime | None


def events_to_name(now: datetime, *, kept: int | None = None) -> list[NamedEvent]:
    """Return the latest events that began, and one chosen before."""
    columns = (Event.id, Event.title, Event.first_starts_at)
    held = select(*columns).where(
        Event.state.in_(event_states.TAKES_PLACE), Event.first_starts_at <= now
    )
    latest = held.order_by(Event.first_starts_at.desc(), Event.id).limit(EVENTS_MAX)
    found = [NamedEvent(*row) for row in db.session.execute(latest)]
    if kept is not None and kept not in {event.id for event in found}:
        before = db.session.execute(select(*columns).where(Event.id == kept))
        found += [NamedEvent(*row) for row in before]
    return found


def feed_of(person_id: int) -> ResourceFeed | None:
    """Return somebody's private address of what is new."""
    return db.session.get(ResourceFeed, person_id)


def feed_at(token: str) -> int | None:
    """Return whose private address this is, by the person's id."""
    found = select(ResourceFeed.person_id).where(ResourceFeed.token_hash == token_hash(token))
    return db.session.scalar(found)


def newest() -> Sequence[Resource]:
    """Return the resources that changed last, for a feed."""
    found = (
        select(Resource)
        .where(Resource.withdrawn_at.is_(None))
        .options(joinedload(Resource.school), selectinload(Resource.subjects))
    )
    order = (Resource.changed_at.desc(), Resource.id.desc())
    return db.session.scalars(found.order_by(*order).limit(FEED_MAX)).all()


def used_subjects() -> set[SubjectArea]:
    """Return the subjects that some resource is about."""
    found = select(ResourceSubject.subject).distinct()
    return set(db.session.scalars(found))
