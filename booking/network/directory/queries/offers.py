"""Reads of offers: who is listed for whom, one offer, and whose people have left."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from booking.domain import helping, permissions
from booking.domain.helping import ExpertiseState
from booking.domain.permissions import Action, Actor, Role
from booking.foundation.db import db
from booking.network.directory.details import DirectoryFilters
from booking.network.directory.models import (
    Expertise,
    ExpertiseArea,
    HelpArea,
    Nomination,
)
from booking.people.schools.models import Person, RoleGrant, School

#: How many offers of leavers the worker withdraws in one transaction.
LEAVERS_MAX = 20
#: How many the page about network life shows as new, and as found.
NEW_MAX, FOUND_MAX = 10, 5


def is_school_reader(actor: Actor) -> bool:
    """Return whether somebody sees network life otherwise than as an associate."""
    others = frozenset(grant for grant in actor.grants if grant.role is not Role.ASSOCIATE)
    return permissions.may(replace(actor, grants=others), Action.SEE_NETWORK_LIFE)


def offer(public_id: str) -> Expertise | None:
    """Return an offer, however it stands."""
    found = select(Expertise).where(Expertise.public_id == public_id).options(*_whole())
    return db.session.scalars(found).one_or_none()


def may_read(offer: Expertise, actor: Actor) -> bool:
    """Return whether somebody may read an offer: its own, the lead every one, others if listed."""
    if actor.has(Role.LEAD) or offer.person_id == actor.person_id:
        return True
    return offer.state is ExpertiseState.LISTED and helping.may_be_seen_by(
        for_partners=offer.for_partners, school_reader=is_school_reader(actor)
    )


def listing(filters: DirectoryFilters, *, actor: Actor) -> Select[Expertise]:
    """Return the statement for the listed offers that somebody looks for, by name."""
    found = _listed_for(actor)
    if filters.area:
        found.append(Expertise.areas.any(HelpArea.public_id == filters.area))
    if filters.phase is not None:
        found.append(Expertise.phases.contains(f" {filters.phase.value} "))
    if filters.kind is not None:
        found.append(Expertise.kinds.contains(f" {filters.kind.value} "))
    found += [_has_word(word) for word in filters.q.split()]
    return (
        select(Expertise)
        .join(Expertise.person)
        .where(*found)
        .options(*_whole())
        .order_by(Person.name, Expertise.id)
    )


def listed_since(since: datetime, actor: Actor) -> Sequence[Expertise]:
    """Return some offers that were listed after `since`, the newest first."""
    return _some(
        select(Expertise)
        .where(*_listed_for(actor), Expertise.moved_at > since)
        .order_by(Expertise.moved_at.desc(), Expertise.id.desc()),
        NEW_MAX,
    )


def found_by_name(text: str, actor: Actor) -> Sequence[Expertise]:
    """Return some listed offers whose person or area has all these words, by name."""
    found = select(Expertise).where(*_listed_for(actor))
    for word in text.split():
        found = found.where(
            or_(
                Person.name.icontains(word, autoescape=True),
                Expertise.areas.any(HelpArea.name.icontains(word, autoescape=True)),
            )
        )
    return _some(found.order_by(Person.name, Expertise.id), FOUND_MAX)


def sent_back(person_id: int) -> Sequence[Expertise]:
    """Return what somebody offered and their head did not confirm, the newest first."""
    found = select(Expertise).where(
        Expertise.person_id == person_id, Expertise.state == ExpertiseState.DECLINED
    )
    return _some(found.order_by(Expertise.id.desc()), FOUND_MAX)


def _some(found: Select[Expertise], most: int) -> Sequence[Expertise]:
    statement = found.join(Expertise.person).options(*_whole()).limit(most)
    return db.session.scalars(statement).all()


def _listed_for(actor: Actor) -> list[ColumnElement[bool]]:
    found = [Expertise.state == ExpertiseState.LISTED, Person.disabled_at.is_(None)]
    if not is_school_reader(actor):
        found.append(Expertise.for_partners.is_(True))
    return found


def _has_word(word: str) -> ColumnElement[bool]:
    return or_(
        Person.name.icontains(word, autoescape=True),
        Expertise.about.icontains(word, autoescape=True),
        Expertise.areas.any(HelpArea.name.icontains(word, autoescape=True)),
        Expertise.school.has(School.name.icontains(word, autoescape=True)),
    )


def _whole() -> Sequence[ExecutableOption]:
    return (
        joinedload(Expertise.person),
        joinedload(Expertise.school),
        selectinload(Expertise.areas),
    )


def all_of(person_id: int) -> Sequence[Expertise]:
    """Return what somebody offers or offered, the newest first."""
    found = select(Expertise).where(Expertise.person_id == person_id).options(*_whole())
    return db.session.scalars(found.order_by(Expertise.id.desc())).all()


def offers_at(
    person_id: int, school_ids: Collection[int], *, without_school: bool
) -> Sequence[int]:
    """Return the offers of somebody for some schools, and those for none if asked, as ids."""
    where: ColumnElement[bool] = Expertise.school_id.in_(school_ids)
    if without_school:
        where |= Expertise.school_id.is_(None)
    found = select(Expertise.id).where(Expertise.person_id == person_id, where)
    return db.session.scalars(found.order_by(Expertise.id)).all()


def offers_of_leavers() -> Sequence[int]:
    """Return some offers that stand though their people have left, as ids."""
    at_school = exists().where(
        RoleGrant.person_id == Expertise.person_id, RoleGrant.school_id == Expertise.school_id
    )
    somewhere = exists().where(RoleGrant.person_id == Expertise.person_id)
    gone = (
        exists().where(Person.id == Expertise.person_id, Person.disabled_at.is_not(None))
        | exists().where(School.id == Expertise.school_id, School.left_on.is_not(None))
        | (Expertise.school_id.is_not(None) & ~at_school)
        | (Expertise.school_id.is_(None) & ~somewhere)
    )
    found = select(Expertise.id).where(Expertise.state != ExpertiseState.WITHDRAWN, gone)
    return db.session.scalars(found.order_by(Expertise.id).limit(LEAVERS_MAX)).all()


def standing_of(person_id: int) -> int:
    """Return how many offers somebody has not withdrawn."""
    found = select(func.count(Expertise.id)).where(
        Expertise.person_id == person_id, Expertise.state != ExpertiseState.WITHDRAWN
    )
    return db.session.scalar(found) or 0


def listed_areas(person_id: int) -> Sequence[str]:
    """Return the public ids of the areas in which somebody is listed."""
    found = (
        select(HelpArea.public_id)
        .join(ExpertiseArea, ExpertiseArea.area_id == HelpArea.id)
        .join(Expertise, Expertise.id == ExpertiseArea.expertise_id)
        .where(Expertise.person_id == person_id, Expertise.state == ExpertiseState.LISTED)
    )
    return db.session.scalars(found.distinct().order_by(HelpArea.public_id)).all()


def suggestable(area_id: int, *, not_of: int) -> Sequence[Expertise]:
    """Return who is listed for an area, at other schools."""
    found = (
        select(Expertise)
        .join(Expertise.person)
        .where(
            Expertise.state == ExpertiseState.LISTED,
            Expertise.areas.any(HelpArea.id == area_id),
            or_(Expertise.school_id.is_(None), Expertise.school_id != not_of),
        )
        .options(*_whole())
        .order_by(Person.name, Expertise.id)
    )
    return db.session.scalars(found).all()


def is_for_lead(offer: Expertise) -> bool:
    """Return whether the lead confirms: of no school, or the head offers it themselves."""
    if offer.school is None:
        return True
    return offer.school.head_email.casefold() == offer.person.email.casefold()


def waiting(now: datetime) -> Sequence[Expertise]:
    """Return the offers that nobody has confirmed for two weeks, or that wait for the lead."""
    for_lead = exists().where(
        Nomination.expertise_id == Expertise.id,
        Nomination.closed_at.is_(None),
        Nomination.token_hash.is_(None),
    )
    long = Expertise.moved_at <= now - helping.WAITS_AFTER
    found = (
        select(Expertise)
        .where(
            Expertise.state.in_((ExpertiseState.OFFERED, ExpertiseState.LISTED)),
            for_lead | ((Expertise.state == ExpertiseState.OFFERED) & long),
        )
        .options(*_whole())
        .order_by(Expertise.moved_at, Expertise.id)
    )
    return db.session.scalars(found).all()
