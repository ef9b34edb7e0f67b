"""What the network's own texts hold about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import Part, nobody
from booking.network.texts.models import TextVersion


def parts() -> Sequence[Part]:
    """Return the versions of texts that somebody wrote."""
    return (
        Part(
            "Texts of the network",
            TextVersion,
            family=nobody,
            adult=lambda subject: TextVersion.written_by_id.in_(subject.people),
        ),
    )
