"""Private feeds as their owners and readers find them."""

from sqlalchemy import select

from booking.calendars.models import Feed
from booking.db import db
from booking.tokens import token_hash


def feed_by_token(token: str) -> Feed | None:
    """Return the living feed with this token."""
    return db.session.scalar(
        select(Feed).where(Feed.token_hash == token_hash(token), Feed.revoked_at.is_(None))
    )


def feeds_of(person_id: int) -> list[Feed]:
    """Return a person's living feeds, oldest first."""
    statement = select(Feed).where(Feed.person_id == person_id, Feed.revoked_at.is_(None))
    return list(db.session.scalars(statement.order_by(Feed.id)))


def feeds_of_parent(parent_id: int) -> list[Feed]:
    """Return a parent's living feeds, oldest first."""
    statement = select(Feed).where(Feed.parent_id == parent_id, Feed.revoked_at.is_(None))
    return list(db.session.scalars(statement.order_by(Feed.id)))
