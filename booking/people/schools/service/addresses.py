"""A person's sign-in address changes once the new one is known to reach them.

The link mailed there contains the new address, encrypted; the database keeps its hash with those of
links for a new password. The last one mailed counts, so asking for a new password at the old
address stops a change that somebody else began.
"""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.foundation.encryption import CannotDecrypt, field_keys
from booking.foundation.notifications import render
from booking.foundation.notifications import service as notifications
from booking.foundation.tokens import new_public_id, new_token, token_hash
from booking.foundation.web import addresses, sessions
from booking.people.schools.models import Invitation, Person
from booking.people.schools.service import mailed_links
from booking.people.schools.service.people import EmailTaken, PersonRefused, email_key

VALID_FOR = timedelta(days=1)
#: What a link is bound to, so that nothing else that we encrypted can be one.
PURPOSE = "new address"
TAKEN = "Somebody already signs in with this address. Choose another, or ask the network lead."


class AddressGone(ValueError):
    """The link is unknown, expired or used: one answer for all."""


@dataclass(frozen=True)
class NewAddress:
    """What a link stands for: whose account, and its new address."""

    person: Person
    email: str


def ask_new_address(*, actor: Actor, now: datetime, person: Person, email: str) -> None:
    """Mail a link to the new address; until it is used nothing changes.

    Raises PersonRefused for the current address, EmailTaken for somebody else's.
    """
    email = email_key(email)
    if email == person.email:
        raise PersonRefused("You already sign in with this address.")
    _refuse_taken(email)
    token = _sealed(email)
    mailed_links.keep(hashed=_hash(token), person=person, expires_at=now + VALID_FOR)
    audit.record(actor=actor, action="ask_new_address", subject=person, now=now)
    notifications.queue(
        key=f"new-address:{_hash(token)}",
        to=email,
        template="new_address",
        now=now,
        keep_until=now + VALID_FOR,
        reply_to="",  # it may have reached a stranger
        name=person.name,
        old_email=person.email,
        expires_at=now + VALID_FOR,
        action_url=render.absolute_url(addresses.NEW_ADDRESS(token=token)),
        action_label="Use this address",
    )


def find_new_address(*, token: str, now: datetime) -> NewAddress:
    """Return what a link stands for. Raises AddressGone. Changes nothing."""
    person = mailed_links.person_of(hashed=_hash(token), now=now)
    if person is None:
        raise AddressGone("This link no longer works.")
    return NewAddress(person, _opened(token))


def change_address(*, now: datetime, token: str, keep_session: str = "") -> Person:
    """Let the person sign in with the new address from now on, once.

    Their other sessions end, invitations that they have not answered move to the new address, and
    the old address is told. Raises AddressGone or EmailTaken.
    """
    found = find_new_address(token=token, now=now)
    if not mailed_links.use(hashed=_hash(token), now=now):
        raise AddressGone("This link no longer works.")
    person, old = found.person, found.person.email
    _refuse_taken(found.email)
    person.email = found.email
    try:
        db.session.flush()
    except IntegrityError as error:
        raise EmailTaken(TAKEN) from error
    sessions.end_all(person_id=person.id, except_public_id=keep_session)
    db.session.execute(
        update(Invitation)
        .where(Invitation.email == old, Invitation.accepted_at.is_(None))
        .values(email=found.email)
    )
    actor = Actor(person_id=person.id)
    audit.record(actor=actor, action="change_address", subject=person, now=now)
    _tell_old_address(person, old, now)
    return person


def _tell_old_address(person: Person, old: str, now: datetime) -> None:
    notifications.queue(
        key=f"address-changed:{new_public_id()}",
        to=old,
        template="address_changed",
        now=now,
        reply_to="",
        name=person.name,
        new_email=person.email,
        at=now,
        action_url=render.absolute_url(addresses.CONTACT()),
        action_label="Write to the network",
    )


def _refuse_taken(email: str) -> None:
    if db.session.scalar(select(Person.id).where(Person.email == email)) is not None:
        raise EmailTaken(TAKEN)


def _hash(token: str) -> str:
    """Return the hash to keep, so that no link for a new address opens a password page."""
    return token_hash(f"new address {token}")


def _sealed(email: str) -> str:
    """Return a token of 256 random bits with an address in it that only we can read."""
    sealed = field_keys.encrypt(f"{new_token()} {email}".encode(), PURPOSE)
    return base64.urlsafe_b64encode(sealed.encode()).decode().rstrip("=")


def _opened(token: str) -> str:
    try:
        sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        return field_keys.decrypt(sealed.decode(), PURPOSE).decode().partition(" ")[2]
    except CannotDecrypt as error:
        raise AddressGone("This link no longer works.") from error
