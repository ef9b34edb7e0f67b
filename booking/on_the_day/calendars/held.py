"""What `calendars` holds about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import HASHED, Part
from booking.on_the_day.calendars.models import Feed


def parts() -> Sequence[Part]:
    """Return somebody's private calendars."""
    return (
        Part(
            "Private calendars",
            Feed,
            adult=lambda subject: Feed.person_id.in_(subject.people),
            left_out={
                "token_hash": HASHED,
                "short_id": HASHED,
                "digest": "a fingerprint of the calendar’s file",
            },
        ),
    )
