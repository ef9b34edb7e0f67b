"""Visits for tests: opened, asked for and answered as colleagues would."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from booking.domain.visits import VisitDetails, VisitKind
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.network.visits import service as visit_service
from booking.network.visits.models import StaffVisit, VisitAsk
from booking.people.schools.models import Person, School
from tests.builders.schools import actor_of

TITLE = "Reading aloud in Year 2"
HOPE = "How the children take turns."


def details(**changes: Any) -> VisitDetails:
    """Return a lesson of an hour, in a week, with room for two."""
    starts_at = (clock.now() + timedelta(days=7)).replace(minute=0, second=0, microsecond=0)
    facts: dict[str, Any] = {
        "title": TITLE,
        "kind": VisitKind.LESSON,
        "subject": "English",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=1),
        "whole_days": False,
        "room": 2,
        "about": "Report to the office.",
        "for_partners": False,
    }
    return VisitDetails(**facts | changes)


def opened(person: Person, school: School, **changes: Any) -> StaffVisit:
    """Open a visit."""
    with transaction():
        return visit_service.open_visit(
            actor=actor_of(person), now=clock.now(), school_id=school.id, details=details(**changes)
        )


def ask(visit: StaffVisit, person: Person, school: School | None, hope: str = HOPE) -> VisitAsk:
    """Ask to come."""
    with transaction():
        return visit_service.ask(
            actor=actor_of(person),
            now=clock.now(),
            visit=visit,
            hope=hope,
            school_id=school.id if school else None,
        )


def answer(asked: VisitAsk, person: Person, *, says_yes: bool = True, word: str = "") -> VisitAsk:
    """Say yes or no to whoever asked."""
    with transaction():
        visit_service.answer(
            actor=actor_of(person), now=clock.now(), ask=asked, says_yes=says_yes, word=word
        )
    return asked


def let_it_be_over(visit: StaffVisit) -> None:
    """Let a visit have ended an hour ago."""
    with transaction():
        row = db.session.get_one(StaffVisit, visit.id)
        row.starts_at, row.ends_at = (clock.now() - timedelta(hours=hours) for hours in (2, 1))


def mails(template: str) -> list[Message]:
    """Return the mails of a kind, the oldest first."""
    db.session.rollback()
    found = select(Message).where(Message.template == template).order_by(Message.id)
    return list(db.session.scalars(found))
