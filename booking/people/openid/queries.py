"""Reads of identities at Google and Microsoft."""

from collections.abc import Collection

from sqlalchemy import select

from booking.foundation.db import db
from booking.people.openid.details import Proven
from booking.people.openid.models import Identity


def identity(proven: Proven) -> Identity | None:
    """Return the identity that was proven, if it is linked to anybody."""
    return db.session.scalar(
        select(Identity).where(Identity.issuer == proven.issuer, Identity.subject == proven.subject)
    )


def identities_of(person_id: int, issuers: Collection[str]) -> list[Identity]:
    """Return the identities by which a person can sign in, at these providers; oldest first."""
    return list(
        db.session.scalars(
            select(Identity)
            .where(Identity.person_id == person_id, Identity.issuer.in_(issuers))
            .order_by(Identity.id)
        )
    )


def of_person(public_id: str, person_id: int) -> Identity | None:
    """Return one identity, if it is this person's."""
    return db.session.scalar(
        select(Identity).where(Identity.public_id == public_id, Identity.person_id == person_id)
    )
