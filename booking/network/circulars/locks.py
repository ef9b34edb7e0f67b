"""Lock a circular before anything about it changes: one that goes out is not changed meanwhile."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from booking.foundation.db import db
from booking.network.circulars.models import Circular, CircularCopy


def circular(circular_id: int) -> Circular | None:
    """Return a circular as it is now, locked until the transaction ends; None if discarded."""
    return db.session.scalars(
        select(Circular)
        .where(Circular.id == circular_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def copies(*, may_wait: bool, limit: int) -> list[tuple[CircularCopy, Circular]]:
    """Return some copies that no mail carries yet, locked; those in use are left for next time."""
    statement = (
        select(CircularCopy, Circular)
        .join(Circular, Circular.id == CircularCopy.circular_id)
        .where(CircularCopy.mail_key.is_(None), Circular.may_wait == may_wait)
        .order_by(CircularCopy.id)
        .limit(limit)
        .options(
            selectinload(CircularCopy.person),
            selectinload(CircularCopy.parent),
            selectinload(CircularCopy.school),
        )
        .with_for_update(of=CircularCopy, skip_locked=True)
    )
    return [(copy, circular) for copy, circular in db.session.execute(statement)]
