"""What the directory holds about one person."""

from collections.abc import Sequence

from sqlalchemy import select

from booking.foundation.holdings import HASHED, Part, nobody
from booking.network.directory.models import Expertise, HelpLink, Nomination


def parts() -> Sequence[Part]:
    """Return what somebody offered, who was asked to confirm it, and what they asked for."""
    return (
        Part(
            "Offers of expertise",
            Expertise,
            family=nobody,
            adult=lambda subject: Expertise.person_id.in_(subject.people),
        ),
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
        Part(
            "Links asked for",
            HelpLink,
            family=nobody,
            adult=lambda subject: HelpLink.asked_by_id.in_(subject.people),
            left_out={"outcome_hash": HASHED},
        ),
    )
