"""What `resources` holds about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import HASHED, Part, nobody
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
        Part(
            "Resources",
            Resource,
            family=nobody,
            adult=lambda subject: Resource.author_id.in_(subject.people),
        ),
        Part(
            "Versions of resources",
            ResourceVersion,
            family=nobody,
            adult=lambda subject: ResourceVersion.added_by_id.in_(subject.people),
        ),
        Part(
            "Notes about resources",
            TriedNote,
            family=nobody,
            adult=lambda subject: TriedNote.author_id.in_(subject.people),
        ),
        Part(
            "Problems told to the lead",
            ResourceProblem,
            family=nobody,
            adult=lambda subject: ResourceProblem.told_by_id.in_(subject.people),
        ),
        Part(
            "The private address of what is new",
            ResourceFeed,
            family=nobody,
            adult=lambda subject: ResourceFeed.person_id.in_(subject.people),
            left_out={"token_hash": HASHED},
        ),
    )
