"""What must be true of visits: never more visitors than room."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from booking.domain.visits import VisitState
from booking.foundation.chores import Check
from booking.foundation.db import db
from booking.network.visits.models import StaffVisit, VisitAsk


def checks() -> Sequence[Check]:
    """Return the check on visits."""
    return (Check("No visit has more visitors than room", _too_many),)


def _too_many() -> Iterable[str]:
    agreed = func.count()
    found = (
        select(StaffVisit.id, StaffVisit.room, agreed)
        .join(VisitAsk, VisitAsk.visit_id == StaffVisit.id)
        .where(VisitAsk.state == VisitState.AGREED)
        .group_by(StaffVisit.id, StaffVisit.room)
        .having(agreed > StaffVisit.room)
        .order_by(StaffVisit.id)
    )
    for id_, room, many in db.session.execute(found):
        yield f"visit {id_}: {many} have a yes, and there is room for {room}"
