"""The way to season plans."""

from collections.abc import Sequence

from booking.foundation.web.navigation import Door


def of_network() -> Sequence[Door]:
    """Lead the lead to the plans."""
    hint = "Share the places of a term’s events at once, by what each pupil could go to."
    return (Door("Season plans", "seasons.plans", hint),)
