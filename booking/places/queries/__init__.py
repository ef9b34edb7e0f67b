"""Reads of places: counts for every feature, the line, and what the pages show."""

from booking.places.queries.bookings import (
    booking_by_public_id,
    bookings_of,
    elsewhere,
    expected,
    live_bookings,
    reserves,
    vacant_places,
)
from booking.places.queries.concerned import schools_concerned, seated
from booking.places.queries.counts import (
    SchoolAtEvent,
    Standing,
    free_places,
    held,
    is_shared,
    places_left,
    received_in_year,
    received_this_year,
    schools_at,
    standings,
)
from booking.places.queries.home import (
    Due,
    EventLine,
    events_of,
    names_due,
    offers_due,
    open_events,
    replies_due,
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
from booking.places.queries.school_pages import (
    answered,
    choosable,
    name_by,
    pupils_by_public_id,
)
from booking.places.queries.season import SharedEvent, shared_in_year

__all__ = [
    "Due",
    "EventLine",
    "Line",
    "SchoolAtEvent",
    "SharedEvent",
    "Standing",
    "answered",
    "booking_by_public_id",
    "bookings_of",
    "choosable",
    "elsewhere",
    "events_of",
    "expected",
    "free_places",
    "held",
    "is_line_open",
    "is_shared",
    "line_of",
    "live_bookings",
    "name_by",
    "names_due",
    "offer_by_public_id",
    "offers_due",
    "open_events",
    "open_offers",
    "place_in_line",
    "places_left",
    "pupils_by_public_id",
    "received_in_year",
    "received_this_year",
    "replies_due",
    "request_of",
    "requests",
    "reserves",
    "round_of",
    "schools_at",
    "schools_concerned",
    "seated",
    "shared_in_year",
    "standings",
    "vacant_places",
]  # fmt: skip
