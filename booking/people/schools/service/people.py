"""People get an account, keep it up to date, and lose it."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from booking.domain.permissions import Actor, Role
from booking.foundation import contacts
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.foundation.tokens import new_public_id
from booking.foundation.web import sessions
from booking.foundation.web.models import WebSession
from booking.people.schools import queries
from booking.people.schools.details import Proof
from booking.people.schools.models import Invitation, Person, RoleGrant
from booking.people.schools.passwords import HashedPassword
from booking.people.schools.service import known_browsers, leaving, roles


class PersonRefused(ValueError):
    """The account cannot be made or changed like this; the message says why."""


class EmailTaken(PersonRefused):
    """Somebody already signs in with this address."""


def add_person(
    *,
    actor: Actor,
    now: datetime,
    name: str,
    email: str,
    password: HashedPassword,
    mobile: str = "",
) -> Person:
    """Give somebody an account without any role. Raises EmailTaken.

    Hash the password (`passwords.hashed`) before the transaction begins.
    """
    email = email_key(email)
    if db.session.scalar(select(Person.id).where(Person.email == email)) is not None:
        raise EmailTaken("Somebody already signs in with this address.")
    person = Person(
        public_id=new_public_id(),
        name=name,
        email=email,
        mobile=contacts.tidy_phone(mobile),
        password_hash=password.text,
        created_at=now,
    )
    db.session.add(person)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise EmailTaken("Somebody already signs in with this address.") from error
    by = actor if actor.kind != "visitor" else Actor(person_id=person.id)
    audit.record(actor=by, action="add_person", subject=person, now=now)
    return person


def email_key(email: str) -> str:
    """Return the form of an address in which it is stored and compared."""
    return email.strip().lower()


def change_person(*, actor: Actor, now: datetime, person: Person, name: str, mobile: str) -> None:
    """Change a person's name and mobile. Raises contacts.NotAPhone."""
    wanted = {"name": name, "mobile": contacts.tidy_phone(mobile)}
    changed = [field for field, value in wanted.items() if getattr(person, field) != value]
    for field in changed:
        setattr(person, field, wanted[field])
    if changed:
        audit.record(actor=actor, action="change_person", subject=person, now=now, fields=changed)


def disable_person(*, actor: Actor, now: datetime, person: Person, reason: str = "") -> None:
    """Close an account: every session ends, what it offered is withdrawn.

    Raises roles.LastLead or PersonRefused.
    """
    if actor.person_id == person.id:
        raise PersonRefused("You cannot close your own account. Ask another lead.")
    is_lead = db.session.scalar(
        select(RoleGrant.id).where(RoleGrant.person_id == person.id, RoleGrant.role == Role.LEAD)
    )
    if is_lead is not None:
        roles.refuse_last_lead(person.id)
    close(actor=actor, now=now, person=person, reason=reason)


def close(*, actor: Actor, now: datetime, person: Person, reason: str) -> None:
    """Close an account, once it is known that it may be closed. Raises PersonRefused."""
    if person.disabled_at is not None:
        raise PersonRefused(f"{person.name}’s account is already closed.")
    person.disabled_at = now
    sessions.end_all(person_id=person.id)
    known_browsers.forget(person_id=person.id)
    db.session.execute(
        update(Invitation)
        .where(
            Invitation.invited_by_id == person.id,
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now)
    )
    audit.record(actor=actor, action="disable_person", subject=person, now=now, reason=reason)
    leaving.tell(person, queries.grants_of(person.id), actor=actor, now=now)


def enable_person(*, actor: Actor, now: datetime, person: Person) -> None:
    """Open a closed account again, with its roles. Raises PersonRefused."""
    if person.forgotten_at is not None:
        raise PersonRefused("This account has no name any more. Invite its person again.")
    if person.disabled_at is None:
        raise PersonRefused(f"{person.name}’s account is open.")
    person.disabled_at = None
    audit.record(actor=actor, action="enable_person", subject=person, now=now)


def record_sign_in(*, actor: Actor, now: datetime, person: Person, proof: Proof) -> None:
    """Record a sign-in, and store the password with today's parameters."""
    _keep_rehashed(person, proof)
    audit.record(actor=actor, action="sign_in", subject=person, now=now, by=proof.by)


def record_first_step(*, actor: Actor, now: datetime, person: Person, proof: Proof) -> None:
    """Record that somebody is half signed in: the password was right, the second step follows."""
    _keep_rehashed(person, proof)
    audit.record(actor=actor, action="begin_sign_in", subject=person, now=now, by=proof.by)


def _keep_rehashed(person: Person, proof: Proof) -> None:
    if proof.rehashed:
        person.password_hash = proof.rehashed


def record_sign_out(*, actor: Actor, now: datetime, person: Person) -> None:
    """Record that somebody signed out."""
    audit.record(actor=actor, action="sign_out", subject=person, now=now)


def end_session(*, actor: Actor, now: datetime, person: Person, session_id: str) -> None:
    """Sign out one of a person's browsers. Raises PersonRefused."""
    ended = db.session.execute(
        delete(WebSession).where(
            WebSession.person_id == person.id, WebSession.public_id == session_id
        )
    )
    if ended.rowcount != 1:  # type: ignore[attr-defined]
        raise PersonRefused("That browser has already been signed out.")
    audit.record(actor=actor, action="end_session", subject=person, now=now)


def end_other_sessions(
    *, actor: Actor, now: datetime, person: Person, keep_session: str, keep_browser: str = ""
) -> int:
    """Sign a person out everywhere except here; return the number of browsers.

    Only this browser stays known.
    """
    count = sessions.end_all(person_id=person.id, except_public_id=keep_session)
    known_browsers.forget(person_id=person.id, but=keep_browser)
    audit.record(actor=actor, action="end_other_sessions", subject=person, now=now, count=count)
    return count
