"""Passwords are changed by their owner, or replaced by a link."""

from datetime import datetime, timedelta

from sqlalchemy import select

from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.foundation.notifications import render
from booking.foundation.notifications import service as notifications
from booking.foundation.tokens import new_public_id, new_token, token_hash
from booking.foundation.web import addresses, sessions
from booking.people.schools import queries
from booking.people.schools.models import Person
from booking.people.schools.passwords import HashedPassword
from booking.people.schools.service import mailed_links
from booking.people.schools.service.people import email_key

VALID_FOR = timedelta(hours=1)


class ResetGone(ValueError):
    """The link is unknown, expired or used: one answer for all."""


def change_password(
    *,
    actor: Actor,
    now: datetime,
    person: Person,
    password: HashedPassword,
    keep_session: str = "",
) -> None:
    """Store a new password, end the person's other sessions and say so by mail.

    Hash before the transaction begins.
    """
    person.password_hash = password.text
    sessions.end_all(person_id=person.id, except_public_id=keep_session)
    mailed_links.end(person)
    audit.record(actor=actor, action="change_password", subject=person, now=now)
    notifications.queue(
        key=f"password-changed:{new_public_id()}",
        to=person.email,
        template="password_changed",
        now=now,
        reply_to=queries.lead(),
        name=person.name,
        at=now,
        action_url=render.absolute_url(addresses.ASK_RESET()),
        action_label="Choose a new password",
    )


def ask_reset(*, now: datetime, email: str) -> None:
    """Mail a link to choose a new password, if the address has an account.

    Otherwise it does the same work and keeps none of it, so that neither the answer nor the time it
    takes reveals who has an account.
    """
    email = email_key(email)
    person = db.session.scalar(
        select(Person).where(Person.email == email, Person.disabled_at.is_(None))
    )
    token = new_token()
    mail = notifications.queue(
        key=f"reset:{token_hash(token)}",
        to=email,
        template="password_reset",
        now=now,
        keep_until=now + VALID_FOR,
        reply_to="",
        name=person.name if person else "",
        action_url=render.absolute_url(addresses.RESET(token=token)),
        action_label="Choose a new password",
    )
    assert mail is not None, "a new token is a new key"
    db.session.flush()
    if person is None:
        db.session.delete(mail)
        return
    mailed_links.keep(hashed=token_hash(token), person=person, expires_at=now + VALID_FOR)
    audit.record(actor=Actor(kind="visitor"), action="ask_reset", subject=person, now=now)


def find_reset(*, token: str, now: datetime) -> Person:
    """Return whose link this is. Raises ResetGone. Looking changes nothing."""
    person = mailed_links.person_of(hashed=token_hash(token), now=now)
    if person is None:
        raise ResetGone("This link no longer works.")
    return person


def reset_password(*, now: datetime, token: str, password: HashedPassword) -> Person:
    """Store a password chosen through a link, once. Raises ResetGone."""
    person = find_reset(token=token, now=now)
    if not mailed_links.use(hashed=token_hash(token), now=now):
        raise ResetGone("This link no longer works.")
    change_password(actor=Actor(person_id=person.id), now=now, person=person, password=password)
    return person
