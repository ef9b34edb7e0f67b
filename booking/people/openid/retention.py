"""How long identities at Google and Microsoft are kept."""

from collections.abc import Sequence

from sqlalchemy import select

from booking.domain.keeping import others
from booking.foundation.chores import RetentionRule, deleting
from booking.people.openid.models import Identity
from booking.people.schools.models import Person


def rules() -> Sequence[RetentionRule]:
    """Return when they are deleted: as soon as the account has no name."""
    return (
        deleting(
            "Google and Microsoft accounts of accounts without a name",
            others.IDENTITIES,
            Identity,
            lambda _now: [
                Identity.person_id.in_(select(Person.id).where(Person.forgotten_at.is_not(None)))
            ],
        ),
    )
