"""Sign people in by what a provider proved, link identities to accounts, and remove them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete

from booking.domain.identity_claims import proven_address
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db, insert_into
from booking.people.openid import mail, queries, refusals
from booking.people.openid.details import Proven, Provider
from booking.people.openid.models import Identity
from booking.people.schools import locks as school_locks
from booking.people.schools import passwords
from booking.people.schools import ports as school_ports
from booking.people.schools import queries as school_queries
from booking.people.schools import service as schools
from booking.people.schools.models import Person


def whose(provider: Provider, proven: Proven) -> int:
    """Return who was proven to be there: by the identity, or the first time by the address.

    Nothing is written, and `use` looks again under its lock. Raises NothingProven, NobodyKnown.
    """
    known = queries.identity(proven)
    if known is not None:
        return known.person_id
    address = _address(provider, proven)
    person = school_queries.person_by_email(address)
    if person is None:
        raise refusals.NobodyKnown(provider.title, address)
    return person.id


def use(*, now: datetime, provider: Provider, proven: Proven, person: Person) -> None:
    """Let an identity sign its person in; the first time, link it. Raises as `link` does."""
    known = queries.identity(proven)
    if known is None:
        link(now=now, provider=provider, proven=proven, person=person)
    elif known.person_id == person.id:
        known.used_at = now
    else:
        raise refusals.OtherPerson(provider.title, person.email)


def link(*, now: datetime, provider: Provider, proven: Proven, person: Person) -> None:
    """Link an identity to the account of a person who has its address, and tell them.

    A person has one at each provider, so somebody who gets a former colleague's address does not
    get the account. Raises NothingProven, NobodyKnown.
    """
    address = _address(provider, proven)
    school_locks.person(person.id)
    db.session.refresh(person)
    if person.email != address or person.disabled_at is not None:
        raise refusals.NobodyKnown(provider.title, address)
    row = insert_into(Identity).values(
        person_id=person.id,
        kind=provider.kind,
        issuer=proven.issuer,
        subject=proven.subject,
        linked_at=now,
        used_at=now,
    )
    if db.session.scalar(row.on_conflict_do_nothing().returning(Identity.id)) is None:
        raise refusals.NobodyKnown(provider.title, address)
    audit.record(
        actor=Actor(person_id=person.id),
        action="link_identity",
        subject=person,
        now=now,
        provider=provider.kind.value,
    )
    mail.linked(person, provider.kind, now=now)


def accept(*, now: datetime, provider: Provider, proven: Proven, token: str, name: str) -> Person:
    """Accept an invitation with a new account, which has this identity and no password.

    Raises NothingProven, OtherPerson, InvitationGone, EmailTaken.
    """
    invitation = schools.find_open(token=token, now=now)
    address = _address(provider, proven)
    if address != invitation.email or queries.identity(proven) is not None:
        raise refusals.OtherPerson(provider.title, invitation.email)
    person = schools.accept_invitation(now=now, token=token, name=name, password=passwords.NONE)
    link(now=now, provider=provider, proven=proven, person=person)
    return person


def remove(
    *, actor: Actor, now: datetime, person: Person, public_id: str, issuers: Collection[str]
) -> None:
    """Remove an identity, unless it is the last way to sign in; `issuers` are those in use.

    Raises LastWay, AlreadyGone.
    """
    school_locks.person(person.id)
    db.session.refresh(person)
    identity = queries.of_person(public_id, person.id)
    if identity is None:
        raise refusals.AlreadyGone
    left = sum(school_ports.ways_in(person.id)) - (identity.issuer in issuers)
    if not person.has_password and left <= 0:
        raise refusals.LastWay
    kind = identity.kind
    db.session.delete(identity)
    audit.record(
        actor=actor, action="unlink_identity", subject=person, now=now, provider=kind.value
    )
    mail.removed(person, kind, now=now)


def forget(person: Person) -> None:
    """Forget the identities of somebody who is being erased."""
    theirs = delete(Identity).where(Identity.person_id == person.id)
    db.session.execute(theirs, execution_options={"synchronize_session": False})


def _address(provider: Provider, proven: Proven) -> str:
    address = proven_address(provider.kind, proven.claims)
    if not address:
        raise refusals.NothingProven(provider.kind, provider.title)
    return address
