"""Links to what colleagues ask."""

from collections.abc import Sequence

from booking.foundation.web.navigation import Door

_HINT = "“Has anybody else …?” Ask colleagues at other schools, with your name or without."


def of_school() -> Sequence[Door]:
    """Return a school's link to the questions."""
    return (Door("Questions", "colleague_questions.listing", _HINT),)


def of_network() -> Sequence[Door]:
    """Return the lead's link to the questions."""
    return (Door("Questions", "colleague_questions.listing", _HINT),)


def of_life() -> Sequence[Door]:
    """Return the link from the page about network life."""
    return (Door("Questions", "colleague_questions.listing", _HINT),)
