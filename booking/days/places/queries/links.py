"""Private links: which of them open a place for whoever reads mail at an address."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from booking.days.places.models import Booking
from booking.foundation.db import db
from booking.people.pupils.models import Parent, ParentLink, PupilParent
from booking.people.schools.models import School


def schools_of_parent(email: str) -> list[School]:
    """Return the schools that write to an address as a parent's, by id."""
    return list(
        db.session.scalars(
            select(School)
            .join(Parent, Parent.school_id == School.id)
            .where(Parent.email == email)
            .order_by(School.id)
        )
    )


def opened_by(email: str, now: datetime) -> list[tuple[Booking, Parent]]:
    """Return the bookings that a working link of an address opens, for whom it was sent to.

    A parent who is no longer on the pupil's list is left out, whatever link there may be.
    """
    opens = exists().where(
        ParentLink.booking_id == Booking.id,
        ParentLink.parent_id == Parent.id,
        ParentLink.revoked_at.is_(None),
        ParentLink.expires_at > now,
    )
    found = db.session.execute(
        select(Booking, Parent)
        .join(PupilParent, PupilParent.pupil_id == Booking.pupil_id)
        .join(Parent, Parent.id == PupilParent.parent_id)
        .where(Parent.email == email, opens)
        .options(joinedload(Booking.event), joinedload(Booking.pupil))
        .order_by(Booking.event_id, Booking.id, Parent.id)
    )
    return [(booking, parent) for booking, parent in found]
