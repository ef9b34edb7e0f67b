"""Passwords are changed by their owner, or replaced by a link."""

from datetime import datetime, timedelta
from typing import Any

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
from booking.people.schools.service import known_browsers, mailed_links
from booking.people.schools.service.people import email_key

VALID_FOR = timedelta(minutes=10)
#: How long it is worth telling that strangers try: they go on, or have given up.
WORTH_TELLING = timedelta(days=1)


class ResetGone(ValueError):
    """The link is unknown, expired or used: one answer for all."""


def change_password(
    *,
    actor: Actor,
    now: datetime,
    person: Person,
    password: HashedPassword,
    keep_session: str = "",
    keep_browser: str = "",
) -> None:
    """Store a new password, end the person's other sessions and say so by mail.

    Other browsers are no longer known. Hash before the transaction begins.
    """
    person.password_hash = password.text
    sessions.end_all(person_id=person.id, except_public_id=keep_session)
    known_browsers.forget(person_id=person.id, but=keep_browser)
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
    person, token = _open_account(email), new_token()
    _queue_or_not(
        person,
        key=f"reset:{token_hash(token)}",
        to=email_key(email),
        template="password_reset",
        now=now,
        keep_until=now + VALID_FOR,
        reply_to="",
        name=person.name if person else "",
        action_url=render.absolute_url(addresses.RESET(token=token)),
        action_label="Choose a new password",
    )
    if person is None:
        mailed_links.keep_none(now=now)
        return
    mailed_links.keep(hashed=token_hash(token), person=person, expires_at=now + VALID_FOR)
    audit.record(actor=Actor(kind="visitor"), action="ask_reset", subject=person, now=now)


def tell_of_strangers(*, now: datetime, email: str) -> None:
    """Tell the owner of an account that somebody tries to sign in to it.

    The work is the same if there is no such account, or it is closed.
    """
    person = _open_account(email)
    _queue_or_not(
        person,
        key=f"strangers:{new_public_id()}",
        to=email_key(email),
        template="sign_in_tried",
        now=now,
        keep_until=now + WORTH_TELLING,
        reply_to="",
        name=person.name if person else "",
        action_url=render.absolute_url(addresses.ASK_RESET()),
        action_label="Choose a new password",
    )


def _open_account(email: str) -> Person | None:
    return db.session.scalar(
        select(Person).where(Person.email == email_key(email), Person.disabled_at.is_(None))
    )


def _queue_or_not(person: Person | None, *, keep_until: datetime, **mail: Any) -> None:
    """Queue a mail to a person; for nobody do the same work, and keep none of it."""
    queued = notifications.queue(keep_until=keep_until, **mail)
    assert queued is not None, "a new token is a new key"
    db.session.flush()
    if person is None:
        db.session.delete(queued)


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
