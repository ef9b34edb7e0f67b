"""How long invitations and mailed links to an account are kept."""

from collections.abc import Sequence
from datetime import timedelta

from booking.foundation.chores import RetentionRule, deleting
from booking.people.schools.models import Invitation, PasswordReset

INVITATIONS_KEPT = timedelta(days=30)


def rules() -> Sequence[RetentionRule]:
    """Return when invitations and links are deleted."""
    return (
        deleting(
            "invitations to roles",
            "30 days after they expired",
            Invitation,
            lambda now: [Invitation.expires_at <= now - INVITATIONS_KEPT],
        ),
        deleting(
            "password links",
            "as soon as they have expired",
            PasswordReset,
            lambda now: [PasswordReset.expires_at <= now],
        ),
    )
