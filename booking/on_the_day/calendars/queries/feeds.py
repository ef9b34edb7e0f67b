"""Reads of private feeds, for their owners and for the programs that fetch them."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select, true

from booking.foundation.audit import queries as audit_queries
from booking.foundation.db import db, rows_beside
from booking.foundation.tokens import token_hash
from booking.on_the_day.calendars.models import Feed


class AskedFeed(NamedTuple):
    """A private feed that a program asks for, with the newest entries of the audit trail."""

    token_hash: str
    id: int
    person_id: int | None
    parent_id: int | None
    label: str
    leaves_out: list[str]
    last_fetched_at: datetime | None
    digest: str
    changed_at: datetime | None
    #: Changes as soon as anything is recorded; begins with None while the trail is empty.
    trail: tuple[Any, ...]


#: The columns of a feed that come first in Asked.
_OF_FEED = [getattr(Feed, name) for name in AskedFeed._fields[:-1]]


def asked_for(token: str) -> AskedFeed | None:
    """Return the feed in use with this token: one query, which is all a 304 needs."""
    found = rows_beside(_asked_for(), token_hash=token_hash(token))
    if not found:
        return None
    [row] = found
    return AskedFeed._make([*row[: len(_OF_FEED)], tuple(row[len(_OF_FEED) :])])


@cache
def _asked_for() -> Select[*tuple[Any, ...]]:
    newest = audit_queries.NEWEST.subquery()
    return (
        select(*_OF_FEED, *newest.c)
        .join(newest, true())
        .where(Feed.token_hash == bindparam("token_hash"), Feed.revoked_at.is_(None))
    )


def feeds_of(person_id: int) -> list[Feed]:
    """Return a person's feeds that are not revoked, the oldest first."""
    statement = select(Feed).where(Feed.person_id == person_id, Feed.revoked_at.is_(None))
    return list(db.session.scalars(statement.order_by(Feed.id)))


def feeds_of_parent(parent_id: int) -> list[Feed]:
    """Return a parent's feeds that are not revoked, the oldest first."""
    statement = select(Feed).where(Feed.parent_id == parent_id, Feed.revoked_at.is_(None))
    return list(db.session.scalars(statement.order_by(Feed.id)))
