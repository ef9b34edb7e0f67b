"""Reads of proposed payments: what waits, who may be the second, what one person paid alone."""

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from booking.days.events.models import Event
from booking.domain import bidding
from booking.domain.ledger.two_people import PAYS_OUT, STEERING, SpendingState
from booking.domain.permissions import Role
from booking.foundation.clock import LONDON
from booking.foundation.db import db
from booking.money.fund.details import HandEntry
from booking.money.fund.models import Entry, EntrySize, SpendingProposal
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person, RoleGrant, School

#: What is made by hand, and what was moved to another event afterwards.
BY_HAND = ("hand:%", "moved:%")


def proposal(public_id: str) -> SpendingProposal | None:
    """Return one proposed payment."""
    return db.session.scalar(_shown().where(SpendingProposal.public_id == public_id))


def open_proposal(key: str) -> SpendingProposal | None:
    """Return the proposal that waits under a key."""
    waiting = SpendingProposal.state == SpendingState.ASKED
    return db.session.scalar(_shown().where(SpendingProposal.key == key, waiting))


def waiting_spending(now: datetime) -> Sequence[SpendingProposal]:
    """Return the proposed payments that wait, oldest first: one query."""
    waits = SpendingProposal.state == SpendingState.ASKED
    found = _shown().where(waits, SpendingProposal.expires_at > now)
    return db.session.scalars(found.order_by(SpendingProposal.id)).all()


def recent_spending(*, limit: int) -> Sequence[SpendingProposal]:
    """Return the newest proposed payments, whatever became of them: one query."""
    return db.session.scalars(_shown().order_by(SpendingProposal.id.desc()).limit(limit)).all()


def spending_deciders(*, besides: int | None, school_id: int | None) -> list[Person]:
    """Return everybody who may be the second person: none with a role at the school that gains."""
    found = {person.id: person for role in STEERING for person in school_queries.people_with(role)}
    at = select(RoleGrant.person_id).where(RoleGrant.school_id == school_id)
    gain = set(db.session.scalars(at)) if school_id is not None else set()
    return sorted(
        (person for person in found.values() if person.id not in {besides, *gain}),
        key=lambda person: (person.name, person.id),
    )


def roles_of(person_id: int) -> set[Role]:
    """Return the roles that somebody who can sign in holds anywhere."""
    found = select(RoleGrant.role).join(Person, Person.id == RoleGrant.person_id)
    here = found.where(Person.id == person_id, Person.disabled_at.is_(None))
    return set(db.session.scalars(here))


def gaining_school(entry: HandEntry) -> School | None:
    """Return the school that a payment is for: the one it names, or the host of its event."""
    if entry.school:
        return db.session.scalar(select(School).where(School.slug == entry.school))
    if not entry.event:
        return None
    host = select(School).join(Event, Event.host_school_id == School.id)
    return db.session.scalar(host.where(Event.slug == entry.event))


def gains(entry: Entry) -> int | None:
    """Return the id of the school that an entry of the ledger is about, if it is about one."""
    if entry.of_school is not None:
        return entry.of_school.id
    return entry.event.host_school_id if entry.event is not None else None


def paid_alone_pence(school: School | None, *, on: date, today: date) -> int:
    """Return what single people have paid by hand to a school in the term of a day, in pence.

    Without a school, what they have paid for nothing that any school gains from.

    What was typed in this term counts too, whatever its date: nobody gets round a limit by dates.
    """
    known = school_queries.calendar(None).terms
    term, now = bidding.term_of(known, on), bidding.term_of(known, today)
    typed_from = datetime.combine(now.first_on, time.min, tzinfo=LONDON)
    undone = select(Entry.reverses_id).where(Entry.reverses_id.is_not(None))
    by_two = select(SpendingProposal.made_id).where(SpendingProposal.made_id.is_not(None))
    found = (
        select(func.coalesce(func.sum(EntrySize.pence), 0))
        .select_from(Entry)
        .join(EntrySize, EntrySize.entry_id == Entry.id)
        .outerjoin(Event, Event.id == Entry.event_id)
        .where(
            or_(*(Entry.key.like(each) for each in BY_HAND)),
            Entry.kind.in_([kind.value for kind, pays in PAYS_OUT.items() if pays]),
            _concerns(school),
            or_(
                Entry.entered_on.between(term.first_on, term.last_on),
                Entry.entered_at >= typed_from,
            ),
            Entry.id.not_in(undone),
            Entry.id.not_in(by_two),
        )
    )
    return int(db.session.scalar(found) or 0)


def _concerns(school: School | None) -> ColumnElement[bool]:
    """Return the condition that an entry is about a school, or about none."""
    if school is None:
        return and_(Entry.school == "", Entry.event_id.is_(None))
    return or_(Entry.school == school.slug, Event.host_school_id == school.id)


def _shown() -> Select[SpendingProposal]:
    return select(SpendingProposal).options(
        joinedload(SpendingProposal.asked_by),
        joinedload(SpendingProposal.decided_by),
        joinedload(SpendingProposal.made),
        joinedload(SpendingProposal.school),
    )
