"""An account loses its name: after its time, or because its person asks for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, literal, select, update

from booking.domain.permissions import Actor, Role
from booking.foundation.audit import erasures
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.foundation.notifications.models import Message
from booking.foundation.web import sessions
from booking.people.schools import announcements, queries
from booking.people.schools.models import (
    NO_PASSWORD,
    Invitation,
    KnownBrowser,
    PasswordReset,
    Person,
    RoleGrant,
)
from booking.people.schools.service import leaving, roles

#: What an account without a name is called where it once did something.
NAME = "Former member"
#: Nobody can be written to there.
NOWHERE = "@forgotten.invalid"


def without_name(now: datetime) -> Mapping[str, Any]:
    """Return what an account without a name has in place of its own."""
    return {
        "name": NAME,
        "email": literal("former-") + Person.public_id + NOWHERE,
        "mobile": "",
        "hints_read": "",
        "password_hash": NO_PASSWORD,
        "disabled_at": func.coalesce(Person.disabled_at, now),
        "forgotten_at": now,
    }


def forget_person(*, actor: Actor, now: datetime, person: Person) -> None:
    """Erase a person: the account stays, without a name, so that the trail can be read.

    Raises roles.LastLead.
    """
    is_lead = select(RoleGrant.id).where(
        RoleGrant.person_id == person.id, RoleGrant.role == Role.LEAD
    )
    if db.session.scalar(is_lead) is not None:
        roles.refuse_last_lead(person.id)
    audit.record(actor=actor, action="forget_person", subject=person, now=now)
    erasures.add(kind=Person.__tablename__, public_id=person.public_id, now=now)
    sessions.end_all(person_id=person.id)
    leaving.tell(person, queries.grants_of(person.id), actor=actor, now=now)
    announcements.forgotten(person)
    for theirs in (
        delete(RoleGrant).where(RoleGrant.person_id == person.id),
        delete(KnownBrowser).where(KnownBrowser.person_id == person.id),
        delete(PasswordReset).where(PasswordReset.person_id == person.id),
        delete(Invitation).where(func.lower(Invitation.email) == person.email),
        delete(Message).where(Message.recipient == person.email),
        update(Person).where(Person.id == person.id).values(**without_name(now)),
    ):
        db.session.execute(theirs, execution_options={"synchronize_session": False})
    db.session.expire(person)
