"""The blueprint for answers, and how its addresses find what they name."""

from typing import Any

from flask import Blueprint

from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.domain.permissions import Scope

answers = Blueprint("answers", __name__)


def load_booking(**url: Any) -> Booking | None:
    """Return a booking."""
    return place_queries.booking_by_public_id(url["public_id"])


def own_school(booking: Booking) -> Scope:
    """Return the school that a booking belongs to."""
    return Scope(booking.school_id)
