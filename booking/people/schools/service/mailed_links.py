"""Links mailed to somebody with an account: one at a time, for a while, used once.

The database keeps a hash of each; the caller's hash decides what the link opens.
"""

from datetime import datetime

from sqlalchemy import delete, select, update

from booking.foundation.db import db
from booking.people.schools.models import PasswordReset, Person

#: No row has this number.
NOBODY = 0


def keep(*, hashed: str, person: Person, expires_at: datetime) -> None:
    """Make a link valid until `expires_at`; the person's earlier ones end."""
    end(person)
    db.session.add(PasswordReset(token_hash=hashed, person_id=person.id, expires_at=expires_at))


def end(person: Person) -> None:
    """End the links of a person."""
    db.session.execute(delete(PasswordReset).where(PasswordReset.person_id == person.id))


def keep_none(*, now: datetime) -> None:
    """Do as many statements as keeping a link and recording it takes, for nobody: nothing stays."""
    nobody = PasswordReset.person_id == NOBODY
    db.session.execute(delete(PasswordReset).where(nobody))
    db.session.execute(update(PasswordReset).where(nobody).values(used_at=now))


def person_of(*, hashed: str, now: datetime) -> Person | None:
    """Return whose link this is; None if it is no longer valid. Looking changes nothing."""
    return db.session.scalar(
        select(Person)
        .join(PasswordReset)
        .where(
            PasswordReset.token_hash == hashed,
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > now,
            Person.disabled_at.is_(None),
        )
    )


def use(*, hashed: str, now: datetime) -> bool:
    """Use a link up; return whether it was still there to be used."""
    used = db.session.execute(
        update(PasswordReset)
        .where(PasswordReset.token_hash == hashed, PasswordReset.used_at.is_(None))
        .values(used_at=now)
    )
    return used.rowcount == 1  # type: ignore[attr-defined,no-any-return]
