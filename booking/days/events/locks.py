"""Lock an event before anything about it changes: its row comes first in the order of locks.

Code that locks several rows takes them in this order, rows of one kind by id, so that nobody ever
waits in a circle:

    a mail that has just gone out, while that is recorded
    a season plan, money to explain, a school's list of pupils, a decision about an entry, an idea,
    a resource, a link between schools, an offer of expertise
    events
    a school's shelf of files
    themes
    a tour, its kit
    how a school travels to an event
    bookings, offers, a decision about an event's deficit
    pupils
    the funds
    a payment, and what stands beside it; a bid, an invoice, bank lines
    mail that has yet to go out, which nobody waits for: what somebody else holds is left out

On PostgreSQL a lock has one of two strengths. The usual one (FOR NO KEY UPDATE) lets others refer
to the row meanwhile: the treasurer holds the funds when an entry about an event is posted, and
would otherwise wait for somebody who holds the event and waits for the funds. `whole` (FOR UPDATE)
is for a row that will be deleted. On SQLite the transaction itself is the lock.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, select

from booking.days.events.models import Event, EventState, NetworkRules, Theme
from booking.foundation.db import THE_ROW, db

#: How many events a sweep takes in one transaction.
EVENTS_PER_SWEEP = 20


def event(event_id: int) -> Event:
    """Return the event as it is now; others wait until this transaction ends."""
    return db.session.scalars(_locking(Event.id == event_id)).one()


def events(event_ids: Collection[int]) -> list[Event]:
    """Return events as they are now, locked in id order."""
    return list(db.session.scalars(_locking(Event.id.in_(event_ids))))


def whole(event_id: int) -> Event:
    """Return the event as it is now; nobody may even refer to it until this transaction ends."""
    return db.session.scalars(_locking(Event.id == event_id).with_for_update()).one()


def due(
    *conditions: ColumnElement[bool], states: Collection[EventState] = (EventState.PUBLISHED,)
) -> Sequence[Event]:
    """Return some events that meet the conditions, locked; those in use are left for next time."""
    statement = _locking(Event.state.in_(states), *conditions).limit(EVENTS_PER_SWEEP)
    free = statement.with_for_update(key_share=True, skip_locked=True)
    return db.session.scalars(free).all()


def _locking(*conditions: ColumnElement[bool]) -> Select[Event]:
    return (
        select(Event)
        .where(*conditions)
        .order_by(Event.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


def network_rules() -> NetworkRules | None:
    """Return the rules that a new event starts with, locked; None while nobody has set them."""
    return db.session.get(NetworkRules, THE_ROW, with_for_update=True)


def listed_theme(folded: str) -> Theme | None:
    """Return a theme that an event is to have: nobody can take it off the list meanwhile."""
    return db.session.scalars(
        select(Theme).where(Theme.folded == folded).with_for_update(read=True, key_share=True)
    ).one_or_none()


def themes(names: Collection[str]) -> list[Theme]:
    """Return themes of the list with every event that has one of them, all locked in id order."""
    db.session.scalars(_locking(Event.theme.in_(names))).all()
    return list(
        db.session.scalars(
            select(Theme)
            .where(Theme.name.in_(names))
            .order_by(Theme.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )
