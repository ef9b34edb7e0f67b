"""Writes about one person: a copy that was taken, an erasure. The trail never has the content."""

from datetime import datetime

from sqlalchemy import delete

from booking.days.places import service as places
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.foundation.notifications.models import Message, MessageState
from booking.people.pupils import service as pupils
from booking.people.pupils.models import Pupil
from booking.people.schools import service as schools
from booking.people.schools.models import Person
from booking.rights.subjects import locks, mail, queries
from booking.rights.subjects.details import DataSubject
from booking.rights.subjects.refusals import (
    AlreadyErased,
    EventBegun,
    HandBackFirst,
    IncidentIsOpen,
    MoneyOnItsWay,
    NotErased,
)

__all__ = [
    "AlreadyErased",
    "EventBegun",
    "HandBackFirst",
    "IncidentIsOpen",
    "MoneyOnItsWay",
    "NotErased",
    "erase_person",
    "erase_pupil",
    "note_asked",
    "note_copy",
]


def note_asked(*, actor: Actor, now: datetime, person: DataSubject) -> None:
    """Record that somebody asked for everything held about a person, and may fetch it now."""
    audit.record(
        actor=actor,
        action="ask_for_everything",
        subject=person.row,
        school_id=person.school_id,
        now=now,
    )


def note_copy(*, actor: Actor, now: datetime, person: DataSubject, file_format: str) -> None:
    """Record that somebody took a copy of everything held about a person."""
    audit.record(
        actor=actor,
        action="copy_everything",
        subject=person.row,
        school_id=person.school_id,
        now=now,
        format=file_format,
    )


def erase_pupil(*, actor: Actor, now: datetime, pupil: Pupil) -> places.Forgotten:
    """Erase a pupil, and the parents who have no other child here. Coming places go back first.

    Counts, money and the trail stay. Raises NotErased.
    """
    pupil = locks.pupil(pupil)
    reasons = queries.in_the_way(pupil, now)
    if reasons:
        raise reasons[0]
    of_bookings = queries.mail_about(pupil)
    mail.tell_hosts(queries.coming(pupil, now), now=now)
    if pupil.left_at is None:
        pupils.remove_pupil(actor=actor, now=now, pupil=pupil)
    done = places.forget_pupil(actor=actor, now=now, pupil=pupil)
    db.session.execute(
        delete(Message).where(Message.about.in_(of_bookings), Message.state != MessageState.SENDING)
    )
    return done


def erase_person(*, actor: Actor, now: datetime, person: Person) -> None:
    """Erase whoever an account is of: it stays without a name. Raises NotErased, LastLead."""
    schools.forget_person(actor=actor, now=now, person=locks.person(person))
