"""What is waiting for a second person, and who that may be."""

from collections.abc import Sequence

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload, selectinload

from booking.domain import ledger
from booking.domain.ledger import DecisionState, Subject
from booking.domain.ledger.decisions import DECIDERS
from booking.domain.ledger.two_people import SpendingState
from booking.foundation.db import db
from booking.foundation.web.paging import Page, page_of
from booking.money.fund.models import Decision, Entry, SpendingProposal
from booking.money.fund.queries import entries, funds
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person


def _shown() -> Select[Decision]:
    return select(Decision).options(
        joinedload(Decision.entry).options(*entries.NAMED),
        joinedload(Decision.event),
        joinedload(Decision.asked_by),
        joinedload(Decision.decided_by),
        joinedload(Decision.made),
    )


def decision(public_id: str) -> Decision | None:
    """Return a request, with its entry's lines."""
    statement = _shown().options(joinedload(Decision.entry).options(selectinload(Entry.lines)))
    return db.session.scalars(statement.where(Decision.public_id == public_id)).one_or_none()


def page_of_decisions(*, number: int) -> Page[Decision]:
    """Return one page of requests: waiting ones first, then the newest."""
    waiting_first = case((Decision.state == DecisionState.ASKED, 0), else_=1)
    return page_of(_shown().order_by(waiting_first, Decision.id.desc()), number=number)


def waiting() -> Sequence[Decision]:
    """Return the requests that are waiting, oldest first, in one query."""
    statement = _shown().where(Decision.state == DecisionState.ASKED).order_by(Decision.id)
    return db.session.scalars(statement).all()


def waiting_count() -> int:
    """Return how many requests and proposed payments are waiting, in one query."""
    found = select(
        select(func.count()).where(Decision.state == DecisionState.ASKED).scalar_subquery()
        + select(func.count())
        .where(SpendingProposal.state == SpendingState.ASKED)
        .scalar_subquery()
    )
    return db.session.scalar(found) or 0


def open_decision(*, entry_id: int | None = None, event_id: int | None = None) -> Decision | None:
    """Return the waiting request about an entry or an event."""
    return db.session.scalars(
        _shown().where(
            Decision.state == DecisionState.ASKED,
            Decision.entry_id == entry_id if entry_id else Decision.event_id == event_id,
        )
    ).one_or_none()


def second_person(key: str) -> dict[str, bool]:
    """Return, for the page that undoes an entry, whether it takes two people and one was asked.

    An entry that was reversed in the ledger takes nobody's word any more.
    """
    entry = entries.by_key(key)
    if entry is None or entry.reversed_by is not None:
        return {"two_people": False, "waiting": False}
    lines = [ledger.DraftLine(line.account, line.fund, line.pence) for line in entry.lines]
    large = ledger.needs_second_person(ledger.amount(lines), funds.alone_up_to_pence())
    return {"two_people": large, "waiting": open_decision(entry_id=entry.id) is not None}


def deciders(subject: Subject, *, besides: int | None) -> list[Person]:
    """Return everybody who may decide, except the person asking, by name."""
    found = {
        person.id: person
        for role in DECIDERS[subject]
        for person in school_queries.people_with(role)
    }
    return sorted(
        (person for person in found.values() if person.id != besides),
        key=lambda person: (person.name, person.id),
    )
