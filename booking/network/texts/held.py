"""What the network's own texts hold about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import Part, of_adult
from booking.network.texts.models import TextVersion


def parts() -> Sequence[Part]:
    """Return the versions of texts that somebody wrote."""
    return (of_adult("Texts of the network", TextVersion.written_by_id),)
