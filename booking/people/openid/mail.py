"""Mail that a Google or Microsoft account signs somebody in from now on, or no longer does."""

from datetime import datetime

from booking.domain.identity_claims import ProviderKind
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.tokens import new_public_id
from booking.foundation.web import addresses
from booking.people.openid.details import TITLES
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person


def linked(person: Person, kind: ProviderKind, *, now: datetime) -> None:
    """Tell somebody that an account elsewhere opens theirs from now on."""
    _queue(person, kind, now, is_removed=False)


def removed(person: Person, kind: ProviderKind, *, now: datetime) -> None:
    """Tell somebody that it no longer does."""
    _queue(person, kind, now, is_removed=True)


def _queue(person: Person, kind: ProviderKind, now: datetime, *, is_removed: bool) -> None:
    notifications.queue(
        key=f"identity-news:{new_public_id()}",
        to=person.email,
        template="identity_news",
        now=now,
        reply_to=school_queries.lead(),
        name=person.name,
        provider=TITLES[kind],
        is_removed=is_removed,
        at=now,
        action_url=absolute_url(addresses.ACCOUNT()),
        action_label="See your account",
    )
