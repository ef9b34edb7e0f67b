"""How long second factors and used challenges are kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from booking.domain.keeping import others
from booking.foundation.chores import RetentionRule, deleting
from booking.people.factors.details import CHALLENGE_SECONDS
from booking.people.factors.models import AuthenticatorApp, Passkey, RecoveryCode, UsedChallenge
from booking.people.schools.models import Person


def rules() -> Sequence[RetentionRule]:
    """Return when factors of accounts without a name go, and challenges that are too old."""
    return (
        deleting("passkeys", others.FACTORS, Passkey, lambda _now: [_of_nobody(Passkey)]),
        deleting(
            "authenticator apps",
            others.FACTORS,
            AuthenticatorApp,
            lambda _now: [_of_nobody(AuthenticatorApp)],
        ),
        deleting(
            "recovery codes", others.FACTORS, RecoveryCode, lambda _now: [_of_nobody(RecoveryCode)]
        ),
        deleting(
            "used challenges",
            others.SESSIONS,
            UsedChallenge,
            lambda now: [UsedChallenge.used_at <= _too_old(now)],
        ),
    )


def _of_nobody(model: Any) -> Any:
    """Return the condition for what belongs to an account without a name."""
    return model.person_id.in_(select(Person.id).where(Person.forgotten_at.is_not(None)))


def _too_old(now: datetime) -> datetime:
    return now - 2 * timedelta(seconds=CHALLENGE_SECONDS)
