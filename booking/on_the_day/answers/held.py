"""What `answers` holds about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import Part
from booking.on_the_day.answers.models import ContactOpening, LateChange


def parts() -> Sequence[Part]:
    """Return which answers changed late, and who opened whom to ring."""
    return (
        Part("Answers changed late", LateChange),
        Part(
            "Whom to ring, opened in an emergency",
            ContactOpening,
            by_staff=True,
        ),
    )


def readings() -> Sequence[str]:
    """Return by which acts answers are read."""
    return ("download_coach_list", "open_contact", "see_late_change")
