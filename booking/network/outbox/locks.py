"""Lock mail before it is sent again."""

from collections.abc import Sequence

from sqlalchemy import select

from booking.foundation.db import db
from booking.foundation.notifications.models import Message


def messages(message_ids: Sequence[int]) -> Sequence[Message]:
    """Return these mails as they are now, locked, in id order."""
    return db.session.scalars(
        select(Message)
        .where(Message.id.in_(message_ids))
        .order_by(Message.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
