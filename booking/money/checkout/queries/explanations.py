"""Reads of things to explain, and of those already explained."""

from collections.abc import Collection

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from booking.foundation.db import db
from booking.money.checkout.models import Explanation


def explanation(public_id: str) -> Explanation | None:
    """Return one thing to explain, whether or not it has been."""
    return db.session.scalar(
        select(Explanation)
        .where(Explanation.public_id == public_id)
        .options(joinedload(Explanation.payment), joinedload(Explanation.row))
    )


def explanation_by_key(key: str) -> Explanation | None:
    """Return what was listed under a key, explained or not."""
    return db.session.scalar(select(Explanation).where(Explanation.key == key))


def explanations(*, resolved: bool = False) -> Select[Explanation]:
    """Return the statement for things to explain, or already explained; newest first."""
    is_resolved = Explanation.resolved_at.is_not(None)
    return (
        select(Explanation)
        .where(is_resolved if resolved else ~is_resolved)
        .options(joinedload(Explanation.resolved_by), joinedload(Explanation.payment))
        .order_by(Explanation.found_at.desc(), Explanation.id.desc())
    )


def count_to_explain() -> int:
    """Return how many things the treasurer has yet to explain."""
    found = select(func.count()).where(Explanation.resolved_at.is_(None))
    return db.session.scalar(found) or 0


def problems_of_rows(row_ids: Collection[int]) -> dict[int, Explanation]:
    """Return what has, or had, to be explained about each of these rows."""
    found = select(Explanation).where(Explanation.row_id.in_(row_ids))
    return {row.row_id: row for row in db.session.scalars(found) if row.row_id is not None}
