"""What `glass` holds about one person."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists

from booking.days.places.models import Booking
from booking.foundation.holdings import Concerned, Part
from booking.on_the_day.glass.models import GlassOpening


def _of_family(subject: Concerned) -> ColumnElement[bool]:
    """Find who opened the pupils of the school at an event that the pupil was named for."""
    return exists().where(
        and_(
            Booking.id.in_(subject.bookings),
            Booking.event_id == GlassOpening.event_id,
            Booking.school_id == GlassOpening.school_id,
        )
    )


def parts() -> Sequence[Part]:
    """Return who opened a school's pupils, and why."""
    return (
        Part(
            "Opened to somebody who oversees the network",
            GlassOpening,
            family=_of_family,
            adult=lambda subject: GlassOpening.person_id.in_(subject.people),
            by_staff=True,
        ),
    )
