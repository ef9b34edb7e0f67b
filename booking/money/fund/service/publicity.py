"""Let everybody see where fees went, or no longer: the lead decides."""

from datetime import datetime

from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import THE_ROW, db
from booking.money.fund import locks
from booking.money.fund.models import Publicity


def show_money(*, actor: Actor, now: datetime, shown: bool) -> Publicity:
    """Show the public pages of where fees went, or take them away."""
    row = locks.publicity()
    if row is None:
        row = Publicity(id=THE_ROW)
        db.session.add(row)
    row.shown, row.changed_at, row.changed_by_id = shown, now, actor.person_id
    audit.record(actor=actor, action="show_money", subject=row, now=now, shown=shown)
    return row
