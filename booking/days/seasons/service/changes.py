"""What happens to plans when an event changes or is cancelled, or a pupil leaves."""

from datetime import datetime

from sqlalchemy import delete, select, update

from booking.days.events.details import EventDetails
from booking.days.events.models import Event
from booking.days.seasons import queries
from booking.days.seasons.models import PlannedEvent, PlannedPupil, PlanState, SeasonPlan
from booking.domain import terms
from booking.domain.permissions import Actor
from booking.domain.problems import Problem
from booking.foundation.db import db
from booking.people.pupils.models import Pupil


def forbid_change(event: Event, details: EventDetails) -> list[Problem]:
    """Return what cannot change while a plan shares an event: when its requests close."""
    mark = queries.mark_of(event.id)
    if mark is None or mark.state is not PlanState.OPEN:
        return []
    if details.requests_close_at == event.requests_close_at:
        return []
    words = (
        f"The season plan “{mark.name}” shares these places, and choices for it close at "
        f"{terms.in_sentence(mark.wishes_close_at)}. Only the network lead can change that, for "
        "all its events."
    )
    return [Problem("requests_close_at", words)]


def drop_event(event: Event, *, actor: Actor, now: datetime, **_facts: object) -> None:
    """Continue an open plan without an event that was cancelled."""
    db.session.execute(
        update(PlannedEvent)
        .where(
            PlannedEvent.event_id == event.id,
            PlannedEvent.released_at.is_(None),
            PlannedEvent.plan_id.in_(
                select(SeasonPlan.id).where(SeasonPlan.state == PlanState.OPEN)
            ),
        )
        .values(released_at=now)
    )


def forget_pupil(pupil: Pupil, *, actor: Actor, now: datetime, **_facts: object) -> None:
    """Remove the wishes of a pupil who has left from open plans."""
    db.session.execute(
        delete(PlannedPupil).where(
            PlannedPupil.pupil_id == pupil.id,
            PlannedPupil.plan_id.in_(
                select(SeasonPlan.id).where(SeasonPlan.state == PlanState.OPEN)
            ),
        )
    )
