"""Link to season plans."""

from collections.abc import Sequence

from booking.foundation.web.navigation import Door


def of_network() -> Sequence[Door]:
    """Return the lead's link to the plans."""
    hint = (
        "Share out the places at all of a term’s events together, by what each pupil could go to."
    )
    return (Door("Season plans", "seasons.plans", hint),)
