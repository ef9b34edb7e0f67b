"""What the database holds now, read afresh: for assertions after somebody has acted.

Each begins a new reading, so that what another connection has committed is seen.
"""

from typing import Any, TypeVar

from sqlalchemy import func, select

from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.payment_states import FundingStatus
from booking.foundation.db import db
from booking.foundation.notifications.models import Message
from booking.money.checkout.models import Funding
from booking.money.fund.models import Entry
from booking.money.payments.models import Refund
from tests.builders.checkout import Family

Row = TypeVar("Row")


def the_only(table: type[Row]) -> Row:
    """Return the one row of a table; more, or none, is an error."""
    db.session.rollback()
    return db.session.scalars(select(table)).one()


def again(row: Any) -> Any:
    """Return a row as it is now."""
    table, row_id = type(row), row.id
    db.session.rollback()
    return db.session.get_one(table, row_id)


def count(table: type[Any], *conditions: Any) -> int:
    """Return how many rows of a table meet the conditions."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0


def state(family: Family) -> BookingState:
    """Return the state of a family's booking."""
    db.session.rollback()
    return db.session.get_one(Booking, family.booking.id).state


def funding(family: Family) -> Funding | None:
    """Return what is known about a family's fee; None if nothing was asked."""
    db.session.rollback()
    return db.session.get(Funding, family.booking.id)


def fee_status(family: Family) -> FundingStatus:
    """Return the status of a family's fee."""
    db.session.rollback()
    return db.session.get_one(Funding, family.booking.id).status


def refunds() -> list[tuple[int, str, str]]:
    """Return every refund, oldest first: pence, state, and where it went instead."""
    db.session.rollback()
    rows = db.session.scalars(select(Refund).order_by(Refund.id))
    return [(row.amount_pence, row.state.value, row.instead) for row in rows]


def keys() -> list[str]:
    """Return the keys of all entries, oldest first."""
    db.session.rollback()
    return list(db.session.scalars(select(Entry.key).order_by(Entry.id)))


def kinds() -> list[str]:
    """Return the kinds of all entries, oldest first."""
    db.session.rollback()
    return list(db.session.scalars(select(Entry.kind).order_by(Entry.id)))


def posted() -> list[str]:
    """Return what was posted, in the words with which the entries' keys begin, sorted."""
    return sorted(key.partition(":")[0] for key in keys())


def mails(template: str) -> list[Message]:
    """Return the mails of a template, oldest first."""
    return list(
        db.session.scalars(select(Message).where(Message.template == template).order_by(Message.id))
    )
