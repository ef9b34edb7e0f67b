"""What the directory holds about one person."""

from collections.abc import Sequence

from sqlalchemy import select

from booking.foundation.holdings import HASHED, Part, nobody, of_adult
from booking.network.directory.models import Expertise, HelpLink, Nomination


def parts() -> Sequence[Part]:
    """Return what somebody offered, who was asked to confirm it, and what they asked for."""
    return (
        of_adult("Offers of expertise", Expertise.person_id),
        Part(
            "Nominations",
            Nomination,
            family=nobody,
            adult=lambda subject: (
                Nomination.expertise_id.in_(
                    select(Expertise.id).where(Expertise.person_id.in_(subject.people))
                )
                | Nomination.decided_by_id.in_(subject.people)
            ),
            left_out={"token_hash": HASHED},
        ),
        of_adult("Links asked for", HelpLink.asked_by_id, {"outcome_hash": HASHED}),
    )
