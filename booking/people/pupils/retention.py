"""How long parents' private links are kept."""

from collections.abc import Sequence
from datetime import timedelta

from booking.foundation.chores import RetentionRule, deleting
from booking.people.pupils.models import ParentLink

LINKS_KEPT = timedelta(days=30)


def rules() -> Sequence[RetentionRule]:
    """Return when links are deleted."""
    return (
        deleting(
            "parents' links",
            "30 days after they expired",
            ParentLink,
            lambda now: [ParentLink.expires_at <= now - LINKS_KEPT],
        ),
    )
