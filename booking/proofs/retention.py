"""How long it is kept what was proved."""

from collections.abc import Sequence

from booking.domain.keeping import others
from booking.foundation.chores import RetentionRule, deleting
from booking.proofs.models import NightlyProof


def rules() -> Sequence[RetentionRule]:
    """Return when a proof is forgotten."""
    return (
        deleting(
            "proofs",
            others.PROOFS,
            NightlyProof,
            lambda now: [NightlyProof.ended_at <= others.PROOFS.over(now)],
        ),
    )
