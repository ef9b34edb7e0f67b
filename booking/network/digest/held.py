"""What the weekly digest holds about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import HASHED, Part, of_adult
from booking.network.digest.models import LifeDigest


def parts() -> Sequence[Part]:
    """Return when somebody's digest was last worked out."""
    return (of_adult("Weekly digests", LifeDigest.person_id, {"tasks_digest": HASHED}),)
