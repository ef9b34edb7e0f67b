"""Reads of groups: the list, one with its members, asks and notes, and what waits for whom."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, Select, cast, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from booking.domain.grouping_colleagues import SILENT_AFTER, AskKind
from booking.domain.permissions import Actor
from booking.domain.resourcing import SubjectArea
from booking.foundation.db import db
from booking.network.colleague_groups.details import GroupFilters, InGroup
from booking.network.colleague_groups.models import (
    StaffGroup,
    StaffGroupAsk,
    StaffGroupMember,
    StaffGroupNote,
)
from booking.people.schools.models import Person, RoleGrant

#: How many a home page asks about; more appear once these are settled.
WAITING_MAX, NEWEST_MAX, FOUND_MAX, NOTES_MAX = 5, 20, 12, 30


def by_public_id(public_id: str) -> StaffGroup | None:
    """Return a group, whether or not it has ended."""
    return db.session.scalars(
        select(StaffGroup).where(StaffGroup.public_id == public_id)
    ).one_or_none()


def listing(filters: GroupFilters, *, actor: Actor) -> Select[StaffGroup]:
    """Return the statement for the groups that somebody looks for, by name."""
    return (
        select(StaffGroup)
        .where(*_conditions(filters, actor))
        .order_by(func.lower(StaffGroup.name), StaffGroup.id)
    )


def _conditions(filters: GroupFilters, actor: Actor) -> Iterator[ColumnElement[bool]]:
    ended = StaffGroup.ended_at.is_not(None)
    yield ended if filters.ended else ~ended
    for word in filters.q.split():
        yield or_(
            StaffGroup.name.icontains(word, autoescape=True),
            StaffGroup.purpose.icontains(word, autoescape=True),
        )
    if filters.subject is not None:
        yield StaffGroup.subject == filters.subject
    if filters.kind is not None:
        yield StaffGroup.kind == filters.kind
    if filters.mine:
        yield _has(actor.person_id)


def _has(person_id: int | None, *, leading: bool = False) -> ColumnElement[bool]:
    """Return the condition that somebody is in a group, or leads it."""
    own = (StaffGroupMember.group_id == StaffGroup.id) & (StaffGroupMember.person_id == person_id)
    return exists().where(own & StaffGroupMember.leads if leading else own)


def used_subjects() -> set[SubjectArea]:
    """Return the subjects that some group is about."""
    return set(db.session.scalars(select(StaffGroup.subject).distinct()))


def inside(ids: Collection[int]) -> Mapping[int, InGroup]:
    """Return how many are in each of these groups and who leads them, in two statements."""
    counted = (
        select(StaffGroupMember.group_id, func.count())
        .where(StaffGroupMember.group_id.in_(ids))
        .group_by(StaffGroupMember.group_id)
    )
    led = (
        select(StaffGroupMember.group_id, Person.name)
        .join(Person, Person.id == StaffGroupMember.person_id)
        .where(StaffGroupMember.group_id.in_(ids), StaffGroupMember.leads)
        .order_by(StaffGroupMember.joined_at, StaffGroupMember.id)
    )
    leaders: dict[int, list[str]] = {}
    for group_id, name in db.session.execute(led):
        leaders.setdefault(group_id, []).append(name)
    numbers = {group_id: int(many) for group_id, many in db.session.execute(counted)}
    return {each: InGroup(numbers.get(each, 0), tuple(leaders.get(each, ()))) for each in ids}


def members(group_id: int) -> Sequence[StaffGroupMember]:
    """Return who is in a group with their posts, whoever leads first."""
    return db.session.scalars(
        select(StaffGroupMember)
        .where(StaffGroupMember.group_id == group_id)
        .join(Person, Person.id == StaffGroupMember.person_id)
        .options(
            joinedload(StaffGroupMember.person)
            .selectinload(Person.grants)
            .joinedload(RoleGrant.school)
        )
        .order_by(StaffGroupMember.leads.desc(), Person.name, StaffGroupMember.id)
    ).all()


def member(group_id: int, person_id: int | None) -> StaffGroupMember | None:
    """Return somebody's membership of a group."""
    return db.session.scalars(
        select(StaffGroupMember).where(
            StaffGroupMember.group_id == group_id, StaffGroupMember.person_id == person_id
        )
    ).one_or_none()


def member_by_id(public_id: str) -> StaffGroupMember | None:
    """Return a membership with its group and person."""
    return db.session.scalars(
        select(StaffGroupMember)
        .where(StaffGroupMember.public_id == public_id)
        .options(joinedload(StaffGroupMember.group), joinedload(StaffGroupMember.person))
    ).one_or_none()


def numbers(group_id: int) -> tuple[int, int]:
    """Return how many are in a group, and how many of them lead it."""
    counted = select(
        func.count(), func.coalesce(func.sum(cast(StaffGroupMember.leads, Integer)), 0)
    )
    members, leaders = db.session.execute(
        counted.where(StaffGroupMember.group_id == group_id)
    ).one()
    return int(members), int(leaders)


def leads(group_id: int, person_id: int | None) -> bool:
    """Return whether somebody leads a group."""
    found = member(group_id, person_id)
    return found is not None and found.leads


def asks(group_id: int) -> Sequence[StaffGroupAsk]:
    """Return who asks to join a group, and who was asked in, the oldest first."""
    return db.session.scalars(_asks().where(StaffGroupAsk.group_id == group_id)).all()


def ask(public_id: str) -> StaffGroupAsk | None:
    """Return one ask with its group and person."""
    return db.session.scalars(_asks().where(StaffGroupAsk.public_id == public_id)).one_or_none()


def ask_of(group_id: int, person_id: int | None) -> StaffGroupAsk | None:
    """Return somebody's ask about a group."""
    found = _asks().where(StaffGroupAsk.group_id == group_id, StaffGroupAsk.person_id == person_id)
    return db.session.scalars(found).one_or_none()


def _asks() -> Select[StaffGroupAsk]:
    return (
        select(StaffGroupAsk)
        .options(joinedload(StaffGroupAsk.group), joinedload(StaffGroupAsk.person))
        .order_by(StaffGroupAsk.asked_at, StaffGroupAsk.id)
    )


def asks_for(person_id: int) -> Sequence[StaffGroupAsk]:
    """Return the asks that wait for somebody: to join what they lead, and into other groups."""
    to_lead = (StaffGroupAsk.kind == AskKind.TO_JOIN) & StaffGroupAsk.group_id.in_(
        select(StaffGroupMember.group_id).where(
            StaffGroupMember.person_id == person_id, StaffGroupMember.leads
        )
    )
    asked_in = (StaffGroupAsk.kind == AskKind.ASKED_IN) & (StaffGroupAsk.person_id == person_id)
    return db.session.scalars(_asks().where(or_(to_lead, asked_in)).limit(WAITING_MAX)).all()


def notes(group_id: int) -> Sequence[StaffGroupNote]:
    """Return the newest notes of a group."""
    return db.session.scalars(
        select(StaffGroupNote)
        .where(StaffGroupNote.group_id == group_id)
        .options(joinedload(StaffGroupNote.author))
        .order_by(StaffGroupNote.written_at.desc(), StaffGroupNote.id.desc())
        .limit(NOTES_MAX)
    ).all()


def note(public_id: str) -> StaffGroupNote | None:
    """Return a note with its group."""
    found = select(StaffGroupNote).where(StaffGroupNote.public_id == public_id)
    return db.session.scalars(found.options(joinedload(StaffGroupNote.group))).one_or_none()


def silent(now: datetime, *, led_by: int) -> Sequence[StaffGroup]:
    """Return the groups that somebody leads in which nothing has happened for a year."""
    found = _living().where(StaffGroup.last_at <= now - SILENT_AFTER, _has(led_by, leading=True))
    return db.session.scalars(found.limit(WAITING_MAX)).all()


def leaderless() -> Sequence[StaffGroup]:
    """Return the living groups that nobody leads."""
    led = exists().where(StaffGroupMember.group_id == StaffGroup.id, StaffGroupMember.leads)
    return db.session.scalars(_living().where(~led).limit(WAITING_MAX)).all()


def _living() -> Select[StaffGroup]:
    return (
        select(StaffGroup)
        .where(StaffGroup.ended_at.is_(None))
        .order_by(StaffGroup.last_at, StaffGroup.id)
    )


def newest() -> Sequence[StaffGroup]:
    """Return the groups that were founded last."""
    found = select(StaffGroup).where(StaffGroup.ended_at.is_(None))
    order = (StaffGroup.founded_at.desc(), StaffGroup.id.desc())
    return db.session.scalars(found.order_by(*order).limit(NEWEST_MAX)).all()


def newest_notes(person_id: int) -> Sequence[StaffGroupNote]:
    """Return the newest notes of the groups that somebody is in."""
    own = select(StaffGroupMember.group_id).where(StaffGroupMember.person_id == person_id)
    return db.session.scalars(
        select(StaffGroupNote)
        .where(StaffGroupNote.group_id.in_(own))
        .options(joinedload(StaffGroupNote.group))
        .order_by(StaffGroupNote.written_at.desc(), StaffGroupNote.id.desc())
        .limit(NEWEST_MAX)
    ).all()


def first_found(text: str, *, actor: Actor) -> Sequence[StaffGroup]:
    """Return the first groups that a search for a text finds."""
    return db.session.scalars(listing(GroupFilters(q=text), actor=actor).limit(FOUND_MAX)).all()


def memberships_of(person_id: int) -> Sequence[StaffGroupMember]:
    """Return every membership of somebody, with its group, in the order of the groups."""
    return db.session.scalars(
        select(StaffGroupMember)
        .where(StaffGroupMember.person_id == person_id)
        .options(joinedload(StaffGroupMember.group), selectinload(StaffGroupMember.person))
        .order_by(StaffGroupMember.group_id)
    ).all()
