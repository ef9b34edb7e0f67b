"""What `resources` holds about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import HASHED, Part, of_adult
from booking.network.resources.models import (
    Resource,
    ResourceFeed,
    ResourceProblem,
    ResourceVersion,
    TriedNote,
)


def parts() -> Sequence[Part]:
    """Return what somebody shared, what they said about it, and the address of their reader."""
    return (
        of_adult("Resources", Resource.author_id),
        of_adult("Versions of resources", ResourceVersion.added_by_id),
        of_adult("Notes about resources", TriedNote.author_id),
        of_adult("Problems told to the lead", ResourceProblem.told_by_id),
        of_adult(
            "The private address of what is new", ResourceFeed.person_id, {"token_hash": HASHED}
        ),
    )
