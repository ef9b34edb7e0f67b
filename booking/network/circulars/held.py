"""What circulars hold about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import DELETED, Part
from booking.network.circulars.models import CircularCopy


def parts() -> Sequence[Part]:
    """Return the circulars that somebody was sent."""
    return (
        Part(
            "Circulars",
            CircularCopy,
            DELETED,
            adult=lambda subject: CircularCopy.person_id.in_(subject.people),
            left_out={"mail_key": "our own number"},
        ),
    )
