"""Lock bank lines before they are matched; the caller has locked the funds."""

from collections.abc import Collection

from sqlalchemy import select

from booking.foundation.db import db
from booking.money.bank.models import BankLine


def lines(public_ids: Collection[str]) -> list[BankLine]:
    """Return lines as they are now, locked in id order."""
    return list(
        db.session.scalars(
            select(BankLine)
            .where(BankLine.public_id.in_(public_ids))
            .order_by(BankLine.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )
