"""Whether everybody may see where fees went, as the lead decides."""

from datetime import datetime

from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import THE_ROW, db
from booking.money.fund import locks
from booking.money.fund.models import Publicity


def show_money(*, actor: Actor, now: datetime, shown: bool) -> Publicity:
    """Show or hide the public pages about where fees went."""
    row = locks.publicity()
    if row is None:
        row = Publicity(id=THE_ROW)
        db.session.add(row)
    row.shown, row.changed_at, row.changed_by_id = shown, now, actor.person_id
    audit.record(actor=actor, action="show_money", subject=row, now=now, shown=shown)
    return row
