"""How long invitations, mailed links to an account, and files of a school are kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from booking.domain.keeping import others
from booking.foundation.audit.models import AuditEntry
from booking.foundation.chores import RetentionRule, deleting, emptying
from booking.foundation.files.models import AttachedFile
from booking.people.schools import service, shelf
from booking.people.schools.models import (
    Invitation,
    KnownBrowser,
    PasswordReset,
    Person,
    RoleGrant,
    School,
)


def rules() -> Sequence[RetentionRule]:
    """Return when invitations, links and files are deleted."""
    return (
        deleting(
            "invitations to roles",
            others.INVITATIONS,
            Invitation,
            lambda now: [Invitation.expires_at <= others.INVITATIONS.over(now)],
        ),
        deleting(
            "password links",
            others.PASSWORD_LINKS,
            PasswordReset,
            lambda now: [PasswordReset.expires_at <= now],
        ),
        deleting(
            "known browsers",
            others.KNOWN_BROWSERS,
            KnownBrowser,
            lambda now: [KnownBrowser.used_at <= others.KNOWN_BROWSERS.over(now)],
        ),
        deleting(
            "files of schools",
            others.SCHOOL_FILES,
            AttachedFile,
            lambda now: [
                AttachedFile.owner_kind == shelf.KIND,
                AttachedFile.owner_id.in_(
                    select(School.slug).where(
                        School.left_on <= others.SCHOOL_FILES.over(now).date()
                    )
                ),
            ],
        ),
    )


def last_of_all() -> Sequence[RetentionRule]:
    """Return when accounts lose their names, and then their roles."""
    return (
        emptying("accounts", others.ACCOUNTS, Person, _gone, service.without_name),
        deleting(
            "roles of accounts without a name",
            others.ACCOUNTS,
            RoleGrant,
            lambda _now: [
                RoleGrant.person_id.in_(select(Person.id).where(Person.forgotten_at.is_not(None)))
            ],
        ),
    )


def _gone(now: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions for accounts closed long ago, or long without role or act."""
    over = others.ACCOUNTS.over(now)
    active = select(AuditEntry.person_id).where(
        AuditEntry.at > over, AuditEntry.person_id.is_not(None)
    )
    idle = and_(
        Person.created_at <= over,
        Person.id.not_in(select(RoleGrant.person_id)),
        Person.id.not_in(active),
    )
    return [Person.forgotten_at.is_(None), or_(Person.disabled_at <= over, idle)]
