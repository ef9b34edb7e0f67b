"""Reads of what people sign in with."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from booking.foundation.db import db
from booking.people.factors.models import AuthenticatorApp, Passkey, RecoveryCode


@dataclass(frozen=True)
class Factors:
    """What somebody has besides a password."""

    passkeys: list[Passkey]
    app: AuthenticatorApp | None
    #: How many recovery codes are left.
    codes: int

    @property
    def count(self) -> int:
        """Return how many second factors these are; recovery codes only stand in for one."""
        return len(self.passkeys) + (self.app is not None)


def of(person_id: int) -> Factors:
    """Return what a person has, in three statements."""
    left = select(func.count()).where(RecoveryCode.person_id == person_id)
    return Factors(
        passkeys_of(person_id),
        db.session.get(AuthenticatorApp, person_id),
        db.session.scalar(left) or 0,
    )


def passkeys_of(person_id: int) -> list[Passkey]:
    """Return a person's passkeys, oldest first."""
    theirs = select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.id)
    return list(db.session.scalars(theirs))


def ways_in(person_id: int) -> int:
    """Return how many passkeys a person can sign in with: each does alone."""
    theirs = select(func.count()).where(Passkey.person_id == person_id)
    return db.session.scalar(theirs) or 0


def has_any(person_id: int) -> bool:
    """Return whether a person has a second factor."""
    passkey = select(Passkey.id).where(Passkey.person_id == person_id)
    app = select(AuthenticatorApp.person_id).where(AuthenticatorApp.person_id == person_id)
    return bool(db.session.scalar(select(or_(passkey.exists(), app.exists()))))


def own_passkey(person_id: int, public_id: str) -> Passkey | None:
    """Return one of a person's own passkeys."""
    theirs = select(Passkey).where(Passkey.person_id == person_id, Passkey.public_id == public_id)
    return db.session.scalar(theirs)


def passkey(credential_id: str) -> Passkey | None:
    """Return the passkey that a device calls so."""
    return db.session.scalar(select(Passkey).where(Passkey.credential_id == credential_id))
