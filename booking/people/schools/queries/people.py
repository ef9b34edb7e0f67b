"""Reads of people, their roles, invitations and sessions."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, or_, select
from sqlalchemy.orm import joinedload, selectinload

from booking.domain.permissions import Role
from booking.foundation.db import db, rows
from booking.foundation.tokens import token_hash
from booking.foundation.web import sessions
from booking.foundation.web.models import WebSession
from booking.people.schools.models import Invitation, InvitationRole, Person, RoleGrant, School


def coordinators(school_id: int) -> list[Person]:
    """Return the coordinators of a school who can sign in, by name."""
    return _people_at(school_id, Role.COORDINATOR)


def coordinators_of(school_ids: Collection[int]) -> dict[int, list[Person]]:
    """Return the coordinators of some schools who can sign in, by school, each list by name."""
    found = db.session.execute(
        _with_role(Role.COORDINATOR)
        .add_columns(RoleGrant.school_id)
        .where(RoleGrant.school_id.in_(school_ids))
    )
    by_school: dict[int, list[Person]] = {}
    for person, school_id in found:
        by_school.setdefault(school_id, []).append(person)
    return by_school


def hosts(school_id: int) -> list[Person]:
    """Return the hosts of a school who can sign in, by name."""
    return _people_at(school_id, Role.HOST)


def _people_at(school_id: int, role: Role) -> list[Person]:
    return list(db.session.scalars(_with_role(role).where(RoleGrant.school_id == school_id)).all())


def people_with(role: Role) -> list[Person]:
    """Return everybody who holds `role` anywhere and can sign in, by name."""
    return list(db.session.scalars(_with_role(role).distinct()).all())


def _with_role(role: Role) -> Select[Person]:
    return (
        select(Person)
        .join(RoleGrant)
        .where(RoleGrant.role == role, Person.disabled_at.is_(None))
        .order_by(Person.name, Person.id)
    )


def person_to_sign_in(person_id: int) -> Person | None:
    """Return a person who may be signed in, with roles: one query."""
    return (
        db.session.scalars(
            select(Person)
            .where(Person.id == person_id, Person.disabled_at.is_(None))
            .options(joinedload(Person.grants))
        )
        .unique()
        .one_or_none()
    )


def signed_in(person_id: int) -> Sequence[Any]:
    """Return who is signed in, as rows: one query, built once, run on every request.

    Each row has the person's id, public id, name and e-mail, the hints that they have read, and the
    role, school and event of one of their roles (None without one). There are no rows if the person
    may not be signed in.
    """
    return rows(_signed_in(), person_id=person_id)


@cache
def _signed_in() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Person.id,
            Person.public_id,
            Person.name,
            Person.email,
            Person.hints_read,
            RoleGrant.role,
            RoleGrant.school_id,
            RoleGrant.event_id,
        )
        .outerjoin(RoleGrant, RoleGrant.person_id == Person.id)
        .where(Person.id == bindparam("person_id", type_=Integer), Person.disabled_at.is_(None))
    )


def credentials(email: str) -> Any:
    """Return (id, password_hash, disabled_at) for the person with this address, or None."""
    return db.session.execute(
        select(Person.id, Person.password_hash, Person.disabled_at).where(Person.email == email)
    ).one_or_none()


def person_by_email(email: str) -> Person | None:
    """Return the person who signs in with this address."""
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))


def person_by_public_id(public_id: str) -> Person | None:
    """Return a person with roles and their schools."""
    return db.session.scalar(
        select(Person)
        .where(Person.public_id == public_id)
        .options(selectinload(Person.grants).joinedload(RoleGrant.school))
    )


def grants_of(person_id: int) -> list[RoleGrant]:
    """Return a person's roles with their schools, network roles first."""
    return list(
        db.session.scalars(
            select(RoleGrant)
            .where(RoleGrant.person_id == person_id)
            .options(joinedload(RoleGrant.school))
            .order_by(RoleGrant.school_id.is_not(None), RoleGrant.id)
        ).all()
    )


def grant(public_id: str) -> RoleGrant | None:
    """Return one role of one person."""
    return db.session.scalar(
        select(RoleGrant)
        .where(RoleGrant.public_id == public_id)
        .options(joinedload(RoleGrant.person), joinedload(RoleGrant.school))
    )


def grants_at(school_id: int) -> list[RoleGrant]:
    """Return the roles at a school with their people, by name."""
    return list(
        db.session.scalars(
            select(RoleGrant)
            .join(Person)
            .where(RoleGrant.school_id == school_id)
            .options(joinedload(RoleGrant.person), joinedload(RoleGrant.school))
            .order_by(Person.name, RoleGrant.id)
        ).all()
    )


def day_staff(event_id: int) -> list[RoleGrant]:
    """Return the roles for one event with their people, by name."""
    return list(
        db.session.scalars(
            select(RoleGrant)
            .join(Person)
            .where(RoleGrant.event_id == event_id)
            .options(joinedload(RoleGrant.person))
            .order_by(Person.name, RoleGrant.id)
        ).all()
    )


def people_list(text: str = "") -> Select[Any]:
    """Return the statement for people whose name, address or school contains `text`, by name."""
    statement = (
        select(Person)
        .options(selectinload(Person.grants).joinedload(RoleGrant.school))
        .order_by(Person.name, Person.id)
    )
    if not text:
        return statement
    at_school = Person.grants.any(
        RoleGrant.school.has(School.name.icontains(text, autoescape=True))
    )
    return statement.where(
        or_(
            Person.name.icontains(text, autoescape=True),
            Person.email.icontains(text, autoescape=True),
            at_school,
        )
    )


def invitations_list() -> Select[Any]:
    """Return the statement for the invitations that nobody has answered, newest first."""
    return (
        select(Invitation)
        .where(Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))
        .options(selectinload(Invitation.roles).joinedload(InvitationRole.school))
        .order_by(Invitation.invited_at.desc(), Invitation.id.desc())
    )


def open_invitations(school_id: int) -> list[Invitation]:
    """Return the unanswered invitations to roles at a school, newest first."""
    here = Invitation.roles.any(InvitationRole.school_id == school_id)
    return list(db.session.scalars(invitations_list().where(here)).all())


def open_day_staff_invitations(event_id: int) -> list[Invitation]:
    """Return the unanswered invitations to help at one event, newest first."""
    here = Invitation.roles.any(InvitationRole.event_id == event_id)
    return list(db.session.scalars(invitations_list().where(here)).all())


def offered_to(email: str, now: datetime) -> list[Invitation]:
    """Return what is offered to the person with an address, soonest to expire first."""
    return list(
        db.session.scalars(
            select(Invitation)
            .where(
                Invitation.email == email,
                Invitation.accepted_at.is_(None),
                Invitation.withdrawn_at.is_(None),
                Invitation.expires_at > now,
            )
            .options(selectinload(Invitation.roles).joinedload(InvitationRole.school))
            .order_by(Invitation.expires_at, Invitation.id)
        ).all()
    )


def undecided(now: datetime) -> list[Invitation]:
    """Return open invitations of people who have a role already that no lead has decided on.

    The oldest come first.
    """
    known = select(Person.email).join(RoleGrant, RoleGrant.person_id == Person.id)
    return list(
        db.session.scalars(
            select(Invitation)
            .where(
                Invitation.accepted_at.is_(None),
                Invitation.withdrawn_at.is_(None),
                Invitation.lead_allowed_at.is_(None),
                Invitation.expires_at > now,
                Invitation.email.in_(known),
            )
            .options(selectinload(Invitation.roles).joinedload(InvitationRole.school))
            .order_by(Invitation.invited_at, Invitation.id)
        ).all()
    )


def leads_among(person_ids: Collection[int]) -> set[int]:
    """Return which of these people lead the network today."""
    statement = (
        select(RoleGrant.person_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.role == Role.LEAD,
            RoleGrant.person_id.in_(person_ids),
            Person.disabled_at.is_(None),
        )
    )
    return set(db.session.scalars(statement))


def schools_of_addresses(emails: Collection[str]) -> dict[str, set[int]]:
    """Return the schools at which the people with these addresses have a role, by address."""
    statement = (
        select(Person.email, RoleGrant.school_id)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(Person.email.in_(emails), RoleGrant.school_id.is_not(None))
    )
    found: dict[str, set[int]] = {}
    for email, school_id in db.session.execute(statement):
        assert school_id is not None, "asked for above"
        found.setdefault(email, set()).add(school_id)
    return found


def hand_over(grant_id: int, now: datetime) -> Invitation | None:
    """Return the open offer of a role to a successor."""
    return db.session.scalar(
        select(Invitation)
        .where(
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
            Invitation.expires_at > now,
            Invitation.roles.any(InvitationRole.replaces_id == grant_id),
        )
        .order_by(Invitation.id.desc())
        .limit(1)
    )


def invitation(public_id: str) -> Invitation | None:
    """Return an invitation with what it offers."""
    return db.session.scalar(
        select(Invitation)
        .where(Invitation.public_id == public_id)
        .options(selectinload(Invitation.roles).joinedload(InvitationRole.school))
    )


def session_id(token: str) -> str:
    """Return the public id of the session with this token, or ""."""
    return (
        db.session.scalar(
            select(WebSession.public_id).where(WebSession.token_hash == token_hash(token))
        )
        or ""
    )


def signed_in_somewhere() -> list[Person]:
    """Return everybody who is signed in somewhere, by address."""
    with_one = select(WebSession.person_id).where(WebSession.person_id.is_not(None))
    return list(
        db.session.scalars(select(Person).where(Person.id.in_(with_one)).order_by(Person.email))
    )


def sessions_of(person_id: int, now: datetime) -> list[WebSession]:
    """Return where a person is signed in, most recently used first."""
    return list(
        db.session.scalars(
            select(WebSession)
            .where(
                WebSession.person_id == person_id,
                WebSession.expires_at > now,
                WebSession.last_seen_at > now - sessions.ORDINARY.idle,
            )
            .order_by(WebSession.last_seen_at.desc())
        ).all()
    )
