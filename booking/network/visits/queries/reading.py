"""Reads of visits: those to come, one with who asked, one's own, and what waits for whom."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from booking.days.events import feeds
from booking.domain import permissions, visits
from booking.domain.permissions import Action, Actor, Role
from booking.domain.visits import COMING, VisitState
from booking.foundation.db import db
from booking.network.visits.models import StaffVisit, VisitAsk
from booking.people.schools.models import Person, School

#: How many a page or a task list asks about at once.
SHOWN_MAX, TASKS_MAX = 12, 5
#: One's own pages show the newest so many.
MINE_MAX = 50
_AGREED = VisitAsk.state == VisitState.AGREED


def is_school_reader(actor: Actor) -> bool:
    """Return whether somebody sees network life otherwise than as an associate."""
    others = frozenset(grant for grant in actor.grants if grant.role is not Role.ASSOCIATE)
    return permissions.may(replace(actor, grants=others), Action.SEE_NETWORK_LIFE)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that somebody sees a visit: an associate those for associates."""
    if is_school_reader(actor):
        return StaffVisit.id.is_not(None)
    asked = exists().where(
        VisitAsk.visit_id == StaffVisit.id, VisitAsk.visitor_id == actor.person_id
    )
    return or_(StaffVisit.for_partners.is_(True), asked)


def visit(public_id: str, actor: Actor) -> StaffVisit | None:
    """Return a visit, however it stands, if somebody may see it."""
    found = select(StaffVisit).where(StaffVisit.public_id == public_id, visible_to(actor))
    return db.session.scalars(_whole(found)).one_or_none()


def ask(public_id: str) -> VisitAsk | None:
    """Return what a colleague asked, with its visit and people."""
    found = select(VisitAsk).where(VisitAsk.public_id == public_id)
    return db.session.scalars(_with_people(found)).one_or_none()


def own_ask(visit_id: int, person_id: int | None) -> VisitAsk | None:
    """Return what somebody asked about a visit."""
    found = select(VisitAsk).where(VisitAsk.visit_id == visit_id, VisitAsk.visitor_id == person_id)
    return db.session.scalars(_with_people(found)).one_or_none()


def asks(visit_id: int) -> Sequence[VisitAsk]:
    """Return everything that was asked about a visit, the oldest first."""
    found = select(VisitAsk).where(VisitAsk.visit_id == visit_id)
    return db.session.scalars(_with_people(found).order_by(VisitAsk.asked_at, VisitAsk.id)).all()


def agreed(visit_id: int) -> int:
    """Return how many have a yes."""
    found = select(func.count()).where(VisitAsk.visit_id == visit_id, _AGREED)
    return db.session.scalar(found) or 0


def agreed_numbers(visits_: Collection[StaffVisit]) -> Mapping[int, int]:
    """Return how many have a yes for each of these visits, by its id, in one query."""
    ids = [one.id for one in visits_]
    if not ids:
        return {}
    counted = select(VisitAsk.visit_id, func.count()).where(VisitAsk.visit_id.in_(ids), _AGREED)
    found = db.session.execute(counted.group_by(VisitAsk.visit_id))
    return dict.fromkeys(ids, 0) | {id_: int(number) for id_, number in found}


def listing(text: str, *, actor: Actor, now: datetime) -> Select[StaffVisit]:
    """Return the statement for the visits to come that have these words, the soonest first."""
    found = select(StaffVisit).where(_to_come(now), visible_to(actor))
    for word in text.split():
        found = found.where(_has_word(word))
    return _whole(found).order_by(StaffVisit.starts_at, StaffVisit.id)


def _has_word(word: str) -> ColumnElement[bool]:
    of_school = exists().where(
        School.id == StaffVisit.school_id, School.name.icontains(word, autoescape=True)
    )
    return or_(
        StaffVisit.title.icontains(word, autoescape=True),
        StaffVisit.subject.icontains(word, autoescape=True),
        of_school,
    )


def _to_come(now: datetime) -> ColumnElement[bool]:
    return (StaffVisit.state == VisitState.OPENED) & (StaffVisit.ends_at > now)


def opened_by(actor: Actor) -> Sequence[StaffVisit]:
    """Return the visits that somebody keeps, the latest first."""
    found = select(StaffVisit).where(kept_by(actor))
    latest = (StaffVisit.starts_at.desc(), StaffVisit.id.desc())
    return db.session.scalars(_whole(found).order_by(*latest).limit(MINE_MAX)).all()


def kept_by(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that somebody answers for a visit: opener, or school's coordinator."""
    return or_(
        StaffVisit.opened_by_id == actor.person_id,
        StaffVisit.school_id.in_(actor.school_ids(Role.COORDINATOR)),
    )


def asked_by(person_id: int | None, most: int | None = MINE_MAX) -> Sequence[VisitAsk]:
    """Return what somebody asked, the latest visit first; with None for `most`, all of it."""
    found = select(VisitAsk).join(VisitAsk.visit).where(VisitAsk.visitor_id == person_id)
    latest = (StaffVisit.starts_at.desc(), VisitAsk.id.desc())
    return db.session.scalars(_with_people(found).order_by(*latest).limit(most)).all()


def to_answer(actor: Actor, now: datetime) -> Sequence[VisitAsk]:
    """Return what waits for an answer of somebody, the soonest visit first."""
    found = (
        select(VisitAsk)
        .join(VisitAsk.visit)
        .where(VisitAsk.state == VisitState.ASKED, _to_come(now), kept_by(actor))
        .order_by(StaffVisit.starts_at, VisitAsk.id)
        .limit(TASKS_MAX)
    )
    return db.session.scalars(_with_people(found)).all()


def to_note(person_id: int | None, now: datetime) -> Sequence[VisitAsk]:
    """Return the visits that somebody made lately and wrote no note about, the newest first."""
    found = (
        select(VisitAsk)
        .join(VisitAsk.visit)
        .where(
            VisitAsk.visitor_id == person_id,
            _AGREED,
            VisitAsk.noted_at.is_(None),
            StaffVisit.ends_at <= now,
            StaffVisit.ends_at > now - visits.NOTE_ASKED_FOR,
        )
        .order_by(StaffVisit.ends_at.desc(), VisitAsk.id)
        .limit(TASKS_MAX)
    )
    return db.session.scalars(_with_people(found)).all()


def opened_since(actor: Actor, since: datetime, *, now: datetime) -> Sequence[StaffVisit]:
    """Return the visits to come that were opened since then, the newest first."""
    found = select(StaffVisit).where(StaffVisit.opened_at > since, _to_come(now), visible_to(actor))
    newest = (StaffVisit.opened_at.desc(), StaffVisit.id)
    return db.session.scalars(found.order_by(*newest).limit(SHOWN_MAX)).all()


def titled(actor: Actor, text: str) -> Sequence[StaffVisit]:
    """Return the visits with `text` in their title that somebody may see, the latest first."""
    found = select(StaffVisit).where(
        StaffVisit.title.icontains(text, autoescape=True), visible_to(actor)
    )
    latest = (StaffVisit.starts_at.desc(), StaffVisit.id)
    return db.session.scalars(found.order_by(*latest).limit(SHOWN_MAX)).all()


def in_calendar_of(actor: Actor) -> feeds.Select:
    """Select the visits in somebody's calendar: they have a yes, or they host who has.

    Cancelled ones stay for as long as cancelled events do.
    """
    of_it = VisitAsk.visit_id == StaffVisit.id
    whoever = exists().where(of_it, VisitAsk.state.in_((VisitState.AGREED, VisitState.CANCELLED)))
    own = whoever.where(VisitAsk.visitor_id == actor.person_id)
    return feeds.rows(StaffVisit.id, changed_at=StaffVisit.modified_at).where(
        or_(StaffVisit.cancelled_at.is_(None), StaffVisit.cancelled_at > feeds.SINCE),
        or_(own, whoever & (StaffVisit.opened_by_id == actor.person_id)),
    )


def with_ids(ids: Sequence[int]) -> Sequence[StaffVisit]:
    """Return these visits with what their entries need, the soonest first."""
    found = select(StaffVisit).where(StaffVisit.id.in_(ids))
    return db.session.scalars(_whole(found).order_by(StaffVisit.starts_at, StaffVisit.id)).all()


def coming_of(
    person_id: int, school_ids: Collection[int], *, is_gone: bool, now: datetime
) -> list[int]:
    """Return the ids of what somebody asked about visits to come, from these schools.

    Whoever is gone from the network withdraws what they asked from anywhere.
    """
    found = select(VisitAsk.id).join(VisitAsk.visit)
    found = found.where(VisitAsk.visitor_id == person_id, VisitAsk.state.in_(COMING), _to_come(now))
    if not is_gone:
        found = found.where(VisitAsk.school_id.in_(school_ids))
    return list(db.session.scalars(found.order_by(VisitAsk.visit_id, VisitAsk.id)))


def to_hand_on(person_id: int, school_ids: Collection[int], now: datetime) -> list[int]:
    """Return the ids of the visits to come that somebody opened at these schools."""
    found = select(StaffVisit.id).where(
        StaffVisit.opened_by_id == person_id, StaffVisit.school_id.in_(school_ids), _to_come(now)
    )
    return list(db.session.scalars(found.order_by(StaffVisit.id)))


def has_opened(person_id: int, now: datetime) -> bool:
    """Return whether somebody answers for a visit to come."""
    found = select(StaffVisit.id).where(StaffVisit.opened_by_id == person_id, _to_come(now))
    return db.session.scalars(found.limit(1)).first() is not None


def _whole(found: Select[StaffVisit]) -> Select[StaffVisit]:
    return found.options(
        joinedload(StaffVisit.school),
        joinedload(StaffVisit.opened_by).selectinload(Person.grants),
    )


def _with_people(found: Select[VisitAsk]) -> Select[VisitAsk]:
    return found.options(
        joinedload(VisitAsk.visit).joinedload(StaffVisit.school),
        joinedload(VisitAsk.school),
        joinedload(VisitAsk.visitor).options(selectinload(Person.grants)),
    )
