"""Reads of the directory: who is listed, one offer, what schools asked, and the lead's counts."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from booking.domain import helping
from booking.domain.helping import OPEN, ExpertiseState, LinkState
from booking.domain.permissions import Actor, Role
from booking.foundation.db import db
from booking.network.directory.details import DirectoryFilters
from booking.network.directory.models import (
    DirectoryChoice,
    Expertise,
    ExpertiseArea,
    HelpArea,
    HelpLink,
    Nomination,
)
from booking.people.schools.models import Person, School

#: Whoever has one of these reads what is for schools alone; so does anybody of a school.
_NETWORK = (Role.LEAD, Role.TREASURER, Role.AUDITOR)
#: How many a home page asks about.
TASKS_MAX = 5


def is_school_reader(actor: Actor) -> bool:
    """Return whether somebody reads what is for schools alone, as associates do not."""
    return bool(actor.schools()) or any(actor.has(role) for role in _NETWORK)


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
    found = [Expertise.state == ExpertiseState.LISTED, Person.disabled_at.is_(None)]
    if not is_school_reader(actor):
        found.append(Expertise.for_partners.is_(True))
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


def nominations(offer_id: int) -> Sequence[Nomination]:
    """Return when an offer's head was asked, and the answers, the newest first."""
    found = select(Nomination).where(Nomination.expertise_id == offer_id)
    return db.session.scalars(found.order_by(Nomination.id.desc())).all()


def open_nomination(offer_id: int, now: datetime) -> Nomination | None:
    """Return the newest asking that waits for an answer."""
    found = select(Nomination).where(
        Nomination.expertise_id == offer_id,
        Nomination.closed_at.is_(None),
        Nomination.expires_at > now,
    )
    return db.session.scalars(found.order_by(Nomination.id.desc()).limit(1)).one_or_none()


def nomination_by_hash(hashed: str) -> Nomination | None:
    """Return the asking that a link opens, whether or not it was answered."""
    found = select(Nomination).where(Nomination.token_hash == hashed)
    return db.session.scalars(
        found.options(
            joinedload(Nomination.expertise).options(
                joinedload(Expertise.person),
                joinedload(Expertise.school),
                selectinload(Expertise.areas),
            )
        )
    ).one_or_none()


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


def areas(*, retired: bool = False) -> Sequence[HelpArea]:
    """Return the list of areas by name, and those retired if asked."""
    found = select(HelpArea).order_by(HelpArea.name)
    if not retired:
        found = found.where(HelpArea.retired_at.is_(None))
    return db.session.scalars(found).all()


def areas_by_id(ids: Collection[int]) -> list[HelpArea]:
    """Return areas by name."""
    found = select(HelpArea).where(HelpArea.id.in_(ids)).order_by(HelpArea.name)
    return list(db.session.scalars(found))


def area(public_id: str) -> HelpArea | None:
    """Return an area."""
    return db.session.scalars(select(HelpArea).where(HelpArea.public_id == public_id)).one_or_none()


def area_named(name: str) -> HelpArea | None:
    """Return the area with a name, however it is spelt in capitals."""
    found = select(HelpArea).where(func.lower(HelpArea.name) == name.lower())
    return db.session.scalars(found).first()


def is_in_use(area_id: int) -> bool:
    """Return whether an offer or a link has an area."""
    offered = exists().where(ExpertiseArea.area_id == area_id)
    asked = exists().where(HelpLink.area_id == area_id)
    return bool(db.session.scalar(select(offered | asked)))


def at_once() -> bool:
    """Return whether schools are introduced without the lead."""
    row = db.session.get(DirectoryChoice, 1)
    return row is not None and row.at_once


def link(public_id: str) -> HelpLink | None:
    """Return a link with its two sides."""
    found = select(HelpLink).where(HelpLink.public_id == public_id).options(*_sides())
    return db.session.scalars(found).one_or_none()


def link_by_hash(hashed: str, now: datetime) -> HelpLink | None:
    """Return the link whose school answers by this address, while that works."""
    found = select(HelpLink).where(
        HelpLink.outcome_hash == hashed,
        HelpLink.outcome_asked_at > now - helping.OUTCOME_LINK,
    )
    return db.session.scalars(found.options(*_sides())).one_or_none()


def open_links(school_id: int) -> Sequence[HelpLink]:
    """Return what a school asked that is still open."""
    found = select(HelpLink).where(HelpLink.school_id == school_id, HelpLink.state.in_(OPEN))
    return db.session.scalars(found.order_by(HelpLink.id)).all()


def links_of(actor: Actor) -> Sequence[HelpLink]:
    """Return what somebody's schools asked, the newest first."""
    found = select(HelpLink).where(HelpLink.school_id.in_(sorted(actor.schools())))
    return db.session.scalars(found.options(*_sides()).order_by(HelpLink.id.desc())).all()


def to_introduce() -> Sequence[HelpLink]:
    """Return the links that wait for the lead, the oldest first."""
    found = select(HelpLink).where(HelpLink.state == LinkState.ASKED)
    return db.session.scalars(found.options(*_sides()).order_by(HelpLink.asked_at)).all()


def _sides() -> Sequence[ExecutableOption]:
    return (
        joinedload(HelpLink.school),
        joinedload(HelpLink.area),
        joinedload(HelpLink.asked_by),
        joinedload(HelpLink.expertise).options(
            joinedload(Expertise.person), joinedload(Expertise.school)
        ),
    )


class AreaCounts(NamedTuple):
    """How an area stands: nothing but counts."""

    name: str
    offered: int
    asked: int
    introduced: int
    is_gap: bool


def counts() -> list[AreaCounts]:
    """Return how many offers are listed, and links asked and introduced, for every area."""
    offered = _counted(
        select(ExpertiseArea.area_id, func.count())
        .join(Expertise, Expertise.id == ExpertiseArea.expertise_id)
        .where(Expertise.state == ExpertiseState.LISTED)
        .group_by(ExpertiseArea.area_id)
    )
    asked_for = select(HelpLink.area_id, func.count()).group_by(HelpLink.area_id)
    asked = _counted(asked_for.where(HelpLink.state != LinkState.TAKEN_BACK))
    introduced = _counted(asked_for.where(HelpLink.introduced_at.is_not(None)))
    gaps = set(helping.gaps(asked, offered))
    return [
        AreaCounts(
            area.name,
            offered.get(area.id, 0),
            asked.get(area.id, 0),
            introduced.get(area.id, 0),
            area.id in gaps,
        )
        for area in areas(retired=True)
        if area.retired_at is None or offered.get(area.id) or asked.get(area.id)
    ]


def _counted(statement: Select[int, int]) -> Mapping[int, int]:
    return {area_id: number for area_id, number in db.session.execute(statement)}
