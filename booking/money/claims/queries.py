"""Reads of claims: of one event, of the network, what waits, what is promised."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from booking.days.events.models import Event
from booking.domain.claiming import OVER, TO_DECIDE, CostClaimState
from booking.domain.ledger import Fund
from booking.domain.permissions import Actor, Role
from booking.foundation.db import db
from booking.money.claims.models import CostClaim, CostClaimApproval
from booking.money.fund.models import Entry
from booking.people.schools.models import Person, RoleGrant

#: How many claims a task list names.
TASKS_MAX = 10


def by_public_id(public_id: str) -> CostClaim | None:
    """Return a claim with everything on its page."""
    return db.session.scalars(
        select(CostClaim)
        .where(CostClaim.public_id == public_id)
        .options(
            joinedload(CostClaim.event).joinedload(Event.host_school),
            joinedload(CostClaim.claimant),
            joinedload(CostClaim.entry),
            selectinload(CostClaim.approvals).joinedload(CostClaimApproval.person),
        )
    ).one_or_none()


def of_event(event_id: int) -> list[CostClaim]:
    """Return an event's claims, the first made first."""
    statement = select(CostClaim).where(CostClaim.event_id == event_id).order_by(CostClaim.id)
    return list(db.session.scalars(statement.options(joinedload(CostClaim.claimant))))


def all_claims(*, waiting: bool) -> Select[CostClaim]:
    """Return the statement for the network's claims, newest first; `waiting`: not over yet."""
    statement = select(CostClaim).order_by(CostClaim.claimed_at.desc(), CostClaim.id.desc())
    listed = statement.options(joinedload(CostClaim.event).joinedload(Event.host_school))
    return listed.where(CostClaim.state.not_in(OVER)) if waiting else listed


def promised(of: Fund = Fund.EVENTS, until: datetime | None = None) -> int:
    """Return what is approved and not paid, in pence; claims only concern the fund for events.

    With `until`, what was approved and not paid just before that instant.
    """
    if of is not Fund.EVENTS:
        return 0
    statement = select(func.coalesce(func.sum(CostClaim.pence), 0))
    if until is None:
        statement = statement.where(CostClaim.state == CostClaimState.APPROVED)
    else:
        not_over = or_(CostClaim.ended_at.is_(None), CostClaim.ended_at >= until)
        statement = statement.where(CostClaim.approved_at < until, not_over)
    return int(db.session.scalar(statement) or 0)


def open_of(event_id: int) -> tuple[int, int]:
    """Return how many claims of an event are not over, and their pence."""
    found = select(func.count(), func.coalesce(func.sum(CostClaim.pence), 0)).where(
        CostClaim.event_id == event_id, CostClaim.state.not_in(OVER)
    )
    count, pence = db.session.execute(found).one()
    return count, int(pence)


def open_between(first_at: datetime, until: datetime) -> int:
    """Return how many claims made in a time are not over."""
    found = select(func.count()).where(
        CostClaim.claimed_at >= first_at,
        CostClaim.claimed_at < until,
        CostClaim.state.not_in(OVER),
    )
    return db.session.scalar(found) or 0


def waiting(actor: Actor) -> tuple[int, int]:
    """Return how many claims this person may decide on, and how many wait to be paid.

    They decide on none of their own or their school's, and on none twice.
    """
    approved = select(CostClaimApproval.claim_id).where(
        CostClaimApproval.person_id == actor.person_id
    )
    others = and_(
        CostClaim.state.in_(TO_DECIDE),
        Event.host_school_id.not_in(schools_of(actor)),
        or_(CostClaim.claimant_id.is_(None), CostClaim.claimant_id != actor.person_id),
        CostClaim.id.not_in(approved),
    )
    found = select(
        func.count(case((others, 1))),
        func.count(case((CostClaim.state == CostClaimState.APPROVED, 1))),
    )
    to_decide, to_pay = db.session.execute(
        found.select_from(CostClaim).join(CostClaim.event).where(CostClaim.state.not_in(OVER))
    ).one()
    return to_decide, to_pay


def sent_back_to(person_id: int | None) -> list[CostClaim]:
    """Return the claims for which more is asked of this person."""
    found = select(CostClaim).where(
        CostClaim.claimant_id == person_id, CostClaim.state == CostClaimState.RETURNED
    )
    return list(db.session.scalars(found.order_by(CostClaim.id).limit(TASKS_MAX)))


def schools_of(actor: Actor) -> Collection[int]:
    """Return the schools at which the actor holds any role."""
    return {grant.school_id for grant in actor.grants if grant.school_id is not None}


def deciders() -> list[Person]:
    """Return everybody who may decide on claims and can sign in, by name."""
    statement = (
        select(Person)
        .where(
            Person.disabled_at.is_(None),
            Person.grants.any(RoleGrant.role.in_([Role.LEAD, Role.TREASURER])),
        )
        .options(selectinload(Person.grants))
        .order_by(Person.name, Person.id)
    )
    return list(db.session.scalars(statement))


def past_their_time(before: date, never_paid_before: datetime) -> ColumnElement[bool]:
    """Return the condition for claims past their time, whether they were paid or not."""
    paid = select(Entry.id).where(Entry.entered_on < before)
    ended = and_(
        CostClaim.state.in_([CostClaimState.REFUSED, CostClaimState.WITHDRAWN]),
        CostClaim.ended_at < never_paid_before,
    )
    return or_(CostClaim.entry_id.in_(paid), ended)
