"""Reads of bids: the rules, what is promised, lists for a school and for the network."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache

from sqlalchemy import ColumnElement, Integer, Select, bindparam, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from booking.domain.bidding import LIVE, PROMISED, BidState, Rules, Span
from booking.domain.ledger import Fund
from booking.domain.permissions import Actor, Role
from booking.foundation.db import THE_ROW, db, rows
from booking.money.bids.models import Bid, BidApproval, BidPromise, BidReceipt, BidRules
from booking.money.fund import queries as fund_queries
from booking.money.fund.models import Entry
from booking.people.schools.models import Person, RoleGrant, School

SWEEP_MAX = 50
#: How many claims a task list shows; the rest follow once these are done.
CLAIMS_SHOWN = 10


def rules() -> Rules:
    """Return the network's rules for bids, or the usual ones if nobody has set them."""
    row = db.session.get(BidRules, THE_ROW)
    if row is None:
        return Rules()
    return Rules(**{field.name: getattr(row, field.name) for field in fields(Rules)})


def promised(of: Fund = Fund.CPD, until: datetime | None = None) -> int:
    """Return what is promised from a fund, in pence; bids only concern the CPD fund.

    With `until`, what was promised just before that instant.
    """
    if of is not Fund.CPD:
        return 0
    statement = select(func.coalesce(func.sum(BidPromise.pence), 0))
    if until is not None:
        statement = statement.where(BidPromise.made_at < until)
    return db.session.scalar(statement) or 0


@dataclass(frozen=True)
class CpdMoney:
    """The CPD fund's money, in pence."""

    held_pence: int
    promised_pence: int

    @property
    def available_pence(self) -> int:
        """Return what may still be promised; below zero after a refund or reversal reduced it."""
        return self.held_pence - self.promised_pence


def cpd_money() -> CpdMoney:
    """Return what the CPD fund holds and has promised."""
    return CpdMoney(fund_queries.fund_money(Fund.CPD), promised())


def promised_to(bid_id: int) -> int:
    """Return what is promised to one bid, in pence."""
    statement = select(func.coalesce(func.sum(BidPromise.pence), 0))
    return db.session.scalar(statement.where(BidPromise.bid_id == bid_id)) or 0


def term_pence(school_id: int, span: Span, *, besides: int | None = None) -> int:
    """Return what a school has been promised or paid (pence) for one term.

    The bid `besides` is left out: it is the one being decided on.
    """
    counted = case((Bid.claimed_pence.is_not(None), Bid.claimed_pence), else_=Bid.approved_pence)
    found = select(func.coalesce(func.sum(counted), 0)).where(
        Bid.school_id == school_id,
        Bid.state.in_(PROMISED | {BidState.SPENT}),
        Bid.takes_place_on.between(span.first_on, span.last_on),
        Bid.id != (besides or 0),
    )
    return int(db.session.scalar(found) or 0)


def by_public_id(public_id: str) -> Bid | None:
    """Return a bid with everything on its page."""
    return db.session.scalars(
        select(Bid)
        .where(Bid.public_id == public_id)
        .options(
            joinedload(Bid.school),
            joinedload(Bid.applicant),
            joinedload(Bid.entry).joinedload(Entry.reversed_by),
            selectinload(Bid.approvals).joinedload(BidApproval.person),
        )
    ).one_or_none()


def latest_receipt(bid_id: int) -> BidReceipt | None:
    """Return the newest receipt of a bid; its content is only loaded when asked for."""
    return db.session.scalar(
        select(BidReceipt)
        .where(BidReceipt.bid_id == bid_id)
        .order_by(BidReceipt.id.desc())
        .limit(1)
    )


def _listed() -> Select[Bid]:
    return (
        select(Bid).options(joinedload(Bid.school)).order_by(Bid.applied_at.desc(), Bid.id.desc())
    )


def seen_by(actor: Actor) -> Select[Bid]:
    """Return the statement for a person's bids and those of the schools they coordinate."""
    return _listed().where(_of(actor))


def _of(actor: Actor) -> ColumnElement[bool]:
    return or_(
        Bid.applicant_id == actor.person_id, Bid.school_id.in_(actor.school_ids(Role.COORDINATOR))
    )


def all_bids(state: BidState | None) -> Select[Bid]:
    """Return the statement for all the network's bids, newest first."""
    return _listed() if state is None else _listed().where(Bid.state == state)


def spent() -> Select[Bid]:
    """Return the statement for what CPD money was used for, leaving out what was reversed."""
    return (
        select(Bid)
        .join(Bid.entry)
        .where(Bid.state == BidState.SPENT, ~Entry.reversed_by.has())
        .options(joinedload(Bid.school), joinedload(Bid.entry))
        .order_by(Entry.entered_on.desc(), Bid.id.desc())
    )


def spent_pence() -> int:
    """Return what bids have used, in pence, leaving out what was reversed."""
    found = (
        select(func.coalesce(func.sum(Bid.claimed_pence), 0))
        .join(Bid.entry)
        .where(Bid.state == BidState.SPENT, ~Entry.reversed_by.has())
    )
    return int(db.session.scalar(found) or 0)


@dataclass(frozen=True)
class SchoolSums:
    """One school's bids: how many are waiting, and what is promised and paid (pence)."""

    name: str
    waiting: int
    promised_pence: int
    spent_pence: int


def by_school() -> list[SchoolSums]:
    """Return the sums for each school that ever made a bid, by name, in one query."""
    waits = Bid.state.in_([BidState.APPLIED, BidState.APPROVED_ONCE])
    promise = (
        select(BidPromise.bid_id, func.sum(BidPromise.pence).label("pence"))
        .group_by(BidPromise.bid_id)
        .subquery()
    )
    found = (
        select(
            School.name,
            func.sum(case((waits, 1), else_=0)),
            func.sum(func.coalesce(promise.c.pence, 0)),
            func.sum(case((Bid.state == BidState.SPENT, Bid.claimed_pence), else_=0)),
        )
        .select_from(Bid)
        .join(School, School.id == Bid.school_id)
        .outerjoin(promise, promise.c.bid_id == Bid.id)
        .group_by(School.id, School.name)
        .order_by(School.name)
    )
    return [SchoolSums(name, *map(int, sums)) for name, *sums in db.session.execute(found)]


def counts() -> dict[BidState, int]:
    """Return how many bids are in each state that waits for somebody, in one query."""
    found = select(Bid.state, func.count()).where(Bid.state.in_(LIVE)).group_by(Bid.state)
    return {state: count for state, count in db.session.execute(found)}


def to_decide(actor: Actor) -> int:
    """Return how many bids this person may decide on: not their own, their school's, or twice."""
    own_schools = {grant.school_id for grant in actor.grants if grant.school_id}
    approved = select(BidApproval.bid_id).where(BidApproval.person_id == actor.person_id)
    found = select(func.count()).where(
        Bid.state.in_([BidState.APPLIED, BidState.APPROVED_ONCE]),
        Bid.school_id.not_in(own_schools),
        or_(Bid.applicant_id.is_(None), Bid.applicant_id != actor.person_id),
        Bid.id.not_in(approved),
    )
    return db.session.scalar(found) or 0


def to_claim(
    *, now: datetime, school_id: int | None = None, person_id: int | None = None
) -> list[tuple[str, str, int, datetime | None]]:
    """Return what a school, or an applicant, may claim, soonest to lapse first, in one query.

    Each is a bid's public id and title, the pence, and when the promise lapses.
    """
    by_school = school_id is not None
    found = rows(_to_claim(by_school), whose=school_id if by_school else person_id, now=now)
    return [(row[0], row[1], int(row[2]), row[3]) for row in found]


@cache
def _to_claim(by_school: bool) -> Select[str, str, int, datetime | None]:
    # Built once, because it runs whenever a coordinator or a host opens their home page.
    of = Bid.school_id if by_school else Bid.applicant_id
    return (
        select(Bid.public_id, Bid.title, func.sum(BidPromise.pence), Bid.lapses_at)
        .join(BidPromise, BidPromise.bid_id == Bid.id)
        .where(
            Bid.state == BidState.APPROVED,
            of == bindparam("whose", type_=Integer),
            Bid.lapses_at > bindparam("now", type_=Bid.lapses_at.type),
        )
        .group_by(Bid.id, Bid.public_id, Bid.title, Bid.lapses_at)
        .order_by(Bid.lapses_at, Bid.id)
        .limit(CLAIMS_SHOWN)
    )


def deciders() -> list[Person]:
    """Return everybody who may decide on bids and can sign in, by name, in one query."""
    return list(
        db.session.scalars(
            select(Person)
            .where(
                Person.disabled_at.is_(None),
                Person.grants.any(RoleGrant.role.in_([Role.LEAD, Role.TREASURER])),
            )
            .options(selectinload(Person.grants))
            .order_by(Person.name, Person.id)
        ).all()
    )


def due_for_warning(now: datetime) -> list[int]:
    """Return the ids of approved bids whose applicants should be warned that they will lapse."""
    return _ids(Bid.warn_at <= now, Bid.warned_at.is_(None), Bid.lapses_at > now)


def due_to_lapse(now: datetime) -> list[int]:
    """Return the ids of approved bids whose time is over."""
    return _ids(Bid.lapses_at <= now)


def _ids(*conditions: ColumnElement[bool]) -> list[int]:
    found = select(Bid.id).where(Bid.state == BidState.APPROVED, *conditions).order_by(Bid.id)
    return list(db.session.scalars(found.limit(SWEEP_MAX)).all())


def old_receipts(before: date, abandoned_before: datetime) -> ColumnElement[bool]:
    """Return the condition for receipts past their time, whether they were paid or not."""
    paid = select(Bid.id).join(Bid.entry).where(Entry.entered_on < before)
    never = select(Bid.id).where(
        Bid.state.in_([BidState.REFUSED, BidState.WITHDRAWN, BidState.LAPSED]),
        Bid.ended_at < abandoned_before,
    )
    return or_(BidReceipt.bid_id.in_(paid), BidReceipt.bid_id.in_(never))


def schools_of(actor: Actor) -> Collection[int]:
    """Return the ids of the schools at which the actor holds any role."""
    return {grant.school_id for grant in actor.grants if grant.school_id is not None}
