"""A parent is erased: nobody knows any more which circulars they had."""

from sqlalchemy import delete

from booking.foundation.db import db
from booking.network.circulars.models import CircularCopy
from booking.people.pupils.models import Parent


def forget_parent(parent: Parent) -> None:
    """Delete a parent's copies of circulars."""
    db.session.execute(delete(CircularCopy).where(CircularCopy.parent_id == parent.id))
