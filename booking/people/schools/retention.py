"""How long invitations, mailed links to an account, and files of a school are kept."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from booking.foundation.chores import RetentionRule, deleting
from booking.foundation.files.models import AttachedFile
from booking.people.schools import shelf
from booking.people.schools.models import Invitation, PasswordReset, School

INVITATIONS_KEPT = timedelta(days=30)
#: A school that comes back within a year finds its files.
FILES_KEPT = timedelta(days=365)


def rules() -> Sequence[RetentionRule]:
    """Return when invitations, links and files are deleted."""
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
        deleting(
            "files of schools",
            "a year after the school left the network",
            AttachedFile,
            lambda now: [
                AttachedFile.owner_kind == shelf.KIND,
                AttachedFile.owner_id.in_(
                    select(School.slug).where(School.left_on <= (now - FILES_KEPT).date())
                ),
            ],
        ),
    )
