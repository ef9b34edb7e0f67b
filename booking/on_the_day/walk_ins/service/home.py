"""What the home school says of a walk-in: which of its pupils it was, or that it was none."""

from datetime import datetime

from booking.days.events import locks as event_locks
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.on_the_day.walk_ins import refusals
from booking.on_the_day.walk_ins.models import WalkIn, WalkInOutcome
from booking.people.pupils.models import Pupil


def settle(*, actor: Actor, now: datetime, walk_in: WalkIn, pupil: Pupil | None) -> None:
    """Record which pupil of the school it was; None: none of them. The latest word counts.

    Raises TakenBack, NotThisSchools.
    """
    event_locks.event(walk_in.event_id)
    db.session.refresh(walk_in)
    if walk_in.undone_at is not None:
        raise refusals.TakenBack
    if pupil is not None and pupil.school_id != walk_in.school_id:
        raise refusals.NotThisSchools
    walk_in.pupil = pupil
    walk_in.outcome = WalkInOutcome.NOT_OURS if pupil is None else WalkInOutcome.OURS
    walk_in.settled_at, walk_in.settled_by_id = now, actor.person_id
    audit.record(
        actor=actor,
        action="settle_walk_in",
        subject=walk_in,
        school_id=walk_in.school_id,
        now=now,
        event_id=walk_in.event_id,
        ours=pupil is not None,
    )
