"""What answers hold about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import DELETED, Part, emptied
from booking.on_the_day.answers.models import ContactOpening, LateChange


def parts() -> Sequence[Part]:
    """Return which answers changed late, and who opened whom to ring."""
    return (
        Part("Answers changed late", LateChange, DELETED),
        Part(
            "Whom to ring, opened in an emergency",
            ContactOpening,
            emptied("who opened it and when; not what was written", reason=""),
            by_staff=True,
        ),
    )


def readings() -> Sequence[str]:
    """Return by which acts answers are read."""
    return ("download_coach_list", "open_contact", "see_late_change")
