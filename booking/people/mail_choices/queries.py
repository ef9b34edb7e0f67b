"""Reads of what people have stopped."""

from sqlalchemy import and_, select

from booking.foundation.db import db
from booking.people.mail_choices.models import MailStop, StoppableMail
from booking.people.schools.models import Person


def stopped(person_id: int) -> set[StoppableMail]:
    """Return the kinds that a person has stopped."""
    return set(db.session.scalars(select(MailStop.kind).where(MailStop.person_id == person_id)))


def choice_at(email: str, kind: StoppableMail) -> tuple[str, bool] | None:
    """Return who has an address, by public id, and whether they stopped a kind; None if nobody."""
    found = db.session.execute(
        select(Person.public_id, MailStop.id)
        .outerjoin(MailStop, and_(MailStop.person_id == Person.id, MailStop.kind == kind))
        .where(Person.email == email)
    ).one_or_none()
    return None if found is None else (found[0], found[1] is not None)


def person(public_id: str) -> Person | None:
    """Return whose link it is, unless the account was closed."""
    open_ = Person.disabled_at.is_(None)
    return db.session.scalars(select(Person).where(Person.public_id == public_id, open_)).first()
