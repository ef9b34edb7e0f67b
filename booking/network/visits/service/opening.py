"""Open a visit, change it, cancel it."""

from datetime import datetime

from booking.domain import visits
from booking.domain.permissions import Actor
from booking.domain.visits import VisitDetails, VisitState
from booking.foundation.db import db
from booking.network.visits import locks, queries
from booking.network.visits.details import TOLD, copy_onto
from booking.network.visits.models import StaffVisit
from booking.network.visits.refusals import NotHostSchool, VisitRefused
from booking.network.visits.service import mail, steps


def open_visit(
    *, actor: Actor, now: datetime, school_id: int, details: VisitDetails, no_pupil: bool = False
) -> StaffVisit:
    """Open a visit at one's school. Raises NotHostSchool, VisitRefused."""
    if school_id not in actor.schools():
        raise NotHostSchool("You have no role at this school. Choose one of yours.")
    _check(details, actor, agreed=0, now=now, no_pupil=no_pupil)
    visit = StaffVisit(
        school_id=school_id,
        opened_by_id=actor.person_id,
        state=VisitState.OPENED,
        opened_at=now,
        modified_at=now,
    )
    copy_onto(visit, details)
    db.session.add(visit)
    db.session.flush()
    steps.record(actor=actor, action="open_visit", visit=visit, now=now)
    return visit


def change(
    *,
    actor: Actor,
    now: datetime,
    visit: StaffVisit,
    details: VisitDetails,
    no_pupil: bool = False,
) -> int:
    """Change a visit to come; return how many were told, for they plan by it.

    Raises VisitOver, VisitRefused.
    """
    visit = locks.visit(visit.id)
    steps.is_to_come(visit, now)
    _check(details, actor, agreed=queries.agreed(visit.id), now=now, no_pupil=no_pupil)
    changed = copy_onto(visit, details)
    if not changed:
        return 0
    visit.modified_at = now
    steps.record(actor=actor, action="change_visit", visit=visit, now=now)
    if not {*changed} & {*TOLD}:
        return 0
    visit.sequence += 1
    return sum(mail.tell_change(one, actor=actor, now=now) for one in locks.coming(visit.id))


def cancel(*, actor: Actor, now: datetime, visit: StaffVisit, reason: str) -> None:
    """Cancel a visit to come; whoever asked or has a yes is told why.

    Raises ReasonMissing, MoveNotAllowed.
    """
    reason = steps.word(reason, "Say why. Whoever wants to come will read this.")
    visit = locks.visit(visit.id)
    steps.move(visit, VisitState.CANCELLED, now)
    visit.cancelled_at, visit.cancelled_reason = now, reason
    visit.sequence += 1
    steps.record(actor=actor, action="cancel_visit", visit=visit, now=now)
    for one in locks.coming(visit.id):
        steps.move(one, VisitState.CANCELLED, now)
        mail.tell_cancellation(one, actor=actor, now=now)


def _check(
    details: VisitDetails, actor: Actor, *, agreed: int, now: datetime, no_pupil: bool
) -> None:
    found = list(visits.problems(details, agreed=agreed, now=now))
    if not no_pupil:
        said = f"{details.title}\n{details.subject}\n{details.about}"
        found += steps.name_problems("about", said, actor)
    if found:
        raise VisitRefused(found)
