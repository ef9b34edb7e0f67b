"""Stop a kind of mail for a person, and start it again."""

from datetime import datetime

from sqlalchemy import delete

from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db, insert_into
from booking.people.mail_choices.models import MailStop, StoppableMail
from booking.people.schools.models import Person


def stop(*, actor: Actor, now: datetime, person: Person, kind: StoppableMail) -> bool:
    """Send a person no more mail of a kind; return whether that is new. Twice is once."""
    row = insert_into(MailStop).values(person_id=person.id, kind=kind, stopped_at=now)
    made = db.session.scalar(row.on_conflict_do_nothing().returning(MailStop.id))
    if made is None:
        return False
    audit.record(actor=actor, action="stop_mail", subject=person, now=now, kind=kind.value)
    return True


def start_again(*, actor: Actor, now: datetime, person: Person, kind: StoppableMail) -> bool:
    """Send a person mail of a kind again; return whether that is new."""
    whose = (MailStop.person_id == person.id, MailStop.kind == kind)
    gone = db.session.execute(delete(MailStop).where(*whose))
    if not gone.rowcount:  # type: ignore[attr-defined]
        return False
    audit.record(actor=actor, action="start_mail", subject=person, now=now, kind=kind.value)
    return True
