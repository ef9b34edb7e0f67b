"""Reads of places: counts for every feature, the line, and what the pages show."""

from booking.places.queries.bookings import (
    booking_by_public_id,
    bookings_of,
    expected,
    live_bookings,
    reserves,
    vacant_places,
)
from booking.places.queries.counts import (
    Standing,
    free_places,
    held,
    is_shared,
    places_left,
    received_in_year,
    received_this_year,
    standings,
)
from booking.places.queries.line import (
    Line,
    is_line_open,
    line_of,
    place_in_line,
    request_of,
    requests,
    round_of,
)
from booking.places.queries.offers import offer_by_public_id, open_offers

__all__ = [
    "Line", "Standing", "booking_by_public_id", "bookings_of", "expected", "free_places", "held",
    "is_line_open", "is_shared", "line_of", "live_bookings", "offer_by_public_id", "open_offers",
    "place_in_line", "places_left", "received_in_year", "received_this_year", "request_of",
    "requests", "reserves", "round_of", "standings", "vacant_places",
]  # fmt: skip
