"""Lock a tour and its kit: their times are scarce. An event is locked before its tour."""

from sqlalchemy import select

from booking.days.events import locks as event_locks
from booking.days.tours.models import Kit, Tour, TourStop
from booking.foundation.db import db


def tour(tour_id: int) -> Tour:
    """Return a tour as it is now, locked, and with it its kit: their stops wait for each other."""
    found = db.session.scalars(
        select(Tour)
        .where(Tour.id == tour_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
    if found.kit_id is not None:
        kit(found.kit_id)
    return found


def stop(stop_id: int) -> TourStop:
    """Return a stop as it is now, with its tour and kit locked."""
    tour_id = db.session.scalars(select(TourStop.tour_id).where(TourStop.id == stop_id)).one()
    tour(tour_id)
    return db.session.scalars(
        select(TourStop).where(TourStop.id == stop_id).execution_options(populate_existing=True)
    ).one()


def stop_with_event(stop_id: int) -> TourStop:
    """Return a stop as it is now, with its event, tour and kit locked, in this order."""
    statement = select(TourStop.event_id).where(TourStop.id == stop_id)
    event_id = db.session.scalars(statement).one()
    if event_id is not None:
        event_locks.event(event_id)
    return stop(stop_id)


def kit(kit_id: int) -> Kit:
    """Return a kit as it is now, locked."""
    return db.session.scalars(
        select(Kit)
        .where(Kit.id == kit_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
