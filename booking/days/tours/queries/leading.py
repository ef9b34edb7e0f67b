"""Reads of the pupils who lead a tour: for their own school, and for a host on the day."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.days.tours.models import StopLeader, StopState, Tour, TourLeader, TourStop
from booking.foundation.db import db
from booking.people.pupils import queries as pupil_queries
from booking.people.pupils.models import Pupil


def leaders_of(tour: Tour) -> list[TourLeader]:
    """Return a tour's leaders with their stops, in the order in which they were added."""
    return list(
        db.session.scalars(
            select(TourLeader)
            .where(TourLeader.tour_id == tour.id)
            .options(
                joinedload(TourLeader.pupil),
                joinedload(TourLeader.agreed_by),
                selectinload(TourLeader.stops).joinedload(TourStop.school),
            )
            .order_by(TourLeader.id)
        )
    )


def leader_by_public_id(public_id: str) -> TourLeader | None:
    """Return a leader with the tour and the leading school."""
    return db.session.scalars(
        select(TourLeader)
        .where(TourLeader.public_id == public_id)
        .options(
            joinedload(TourLeader.pupil),
            joinedload(TourLeader.tour).joinedload(Tour.leading_school),
        )
    ).one_or_none()


def agreed(tour: Tour, public_ids: Collection[str]) -> list[TourLeader]:
    """Return these leaders of a tour, in order; whoever is not one of them is left out."""
    return list(
        db.session.scalars(
            select(TourLeader)
            .where(TourLeader.tour_id == tour.id, TourLeader.public_id.in_(public_ids))
            .order_by(TourLeader.id)
        )
    )


def led_by(leader: TourLeader, *, now: datetime) -> list[TourStop]:
    """Return the stops that a leader has led: those that took place, in order."""
    return list(
        db.session.scalars(
            select(TourStop)
            .join(StopLeader, StopLeader.stop_id == TourStop.id)
            .join(Event, Event.id == TourStop.event_id)
            .where(
                StopLeader.leader_id == leader.id,
                TourStop.state == StopState.ACCEPTED,
                Event.state.in_(event_states.TAKES_PLACE),
                TourStop.ends_at <= now,
            )
            .options(joinedload(TourStop.school))
            .order_by(TourStop.starts_at)
        )
    )


def pupils_to_pick(tour: Tour) -> list[Pupil]:
    """Return the pupils on the leading school's list who do not lead the tour yet."""
    leading = {
        leader.pupil_id
        for leader in db.session.scalars(select(TourLeader).where(TourLeader.tour_id == tour.id))
    }
    pupils = pupil_queries.everybody(tour.leading_school_id)
    return [pupil for pupil in pupils if pupil.id not in leading]
