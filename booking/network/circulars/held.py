"""What `circulars` holds about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import Part
from booking.network.circulars.models import CircularCopy


def parts() -> Sequence[Part]:
    """Return the circulars that somebody was sent."""
    return (
        Part(
            "Circulars",
            CircularCopy,
            adult=lambda subject: CircularCopy.person_id.in_(subject.people),
            left_out={"mail_key": "our own number"},
        ),
    )
