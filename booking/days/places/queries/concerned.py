"""Who an event concerns: the schools that take part, and the pupils who have its places."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from booking.days.places.models import Booking, Offer, OfferState, Place, PlaceRequest
from booking.domain.booking_states import LIVE, SEATED
from booking.foundation.db import db
from booking.people.pupils.models import Pupil


def schools_concerned(event_id: int) -> list[int]:
    """Return the schools that take part in an event now, and hear about its changes.

    They are waiting for places, hold or are offered one, or have named pupils.
    """
    asked = select(PlaceRequest.school_id).where(
        PlaceRequest.event_id == event_id, PlaceRequest.wants_now > 0
    )
    holding = select(Place.school_id).where(
        Place.event_id == event_id, Place.school_id.is_not(None)
    )
    offered = select(Offer.school_id).where(
        Offer.event_id == event_id, Offer.state == OfferState.OPEN
    )
    named = select(Booking.school_id).where(Booking.event_id == event_id, Booking.state.in_(LIVE))
    return sorted(db.session.scalars(asked.union(holding, offered, named)))


def comes(event_id: int, school_ids: Collection[int]) -> bool:
    """Return whether any of these schools holds a place at an event."""
    held = select(Place.id).where(Place.event_id == event_id, Place.school_id.in_(school_ids))
    return db.session.scalar(held.limit(1)) is not None


def schools_ever_concerned(event_id: int) -> list[int]:
    """Return the schools that take, or once took, part in an event, and hear that it is off.

    A school that gave everything back may still have the event in a calendar or on a notice board.
    """
    asked = select(PlaceRequest.school_id).where(PlaceRequest.event_id == event_id)
    holding = select(Place.school_id).where(
        Place.event_id == event_id, Place.school_id.is_not(None)
    )
    offered = select(Offer.school_id).where(Offer.event_id == event_id)
    named = select(Booking.school_id).where(Booking.event_id == event_id)
    return sorted(db.session.scalars(asked.union(holding, offered, named)))


def seated(event_id: int) -> list[Booking]:
    """Return the bookings with a place, each with its pupil and the pupil's parents."""
    return list(
        db.session.scalars(
            select(Booking)
            .where(Booking.event_id == event_id, Booking.state.in_(SEATED))
            .options(joinedload(Booking.pupil).selectinload(Pupil.parents))
            .order_by(Booking.id)
        )
    )
