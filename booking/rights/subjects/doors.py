"""The way to everything held about an adult, from the school's doors."""

from collections.abc import Sequence

from booking.foundation.web.navigation import Door


def of_school() -> Sequence[Door]:
    """Return the door for a school's coordinators."""
    return [
        Door(
            "What is held about an adult",
            "subjects.adults",
            "A copy for a parent, or for somebody who travelled along.",
        )
    ]
