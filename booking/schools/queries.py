"""Reads of schools, people, roles and school days."""

from datetime import date, datetime
from functools import cache
from typing import Any

import holidays
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from booking import clock
from booking.db import db
from booking.domain import terms as domain_terms
from booking.domain.permissions import Role
from booking.schools.models import (
    Closure,
    Invitation,
    InvitationRole,
    Person,
    RoleGrant,
    School,
    Term,
)
from booking.tokens import token_hash
from booking.web import sessions
from booking.web.models import WebSession


def calendar(school_id: int | None) -> domain_terms.SchoolCalendar:
    """Return the school days of a school, or (None) those that every school shares."""
    terms = db.session.scalars(select(Term).order_by(Term.first_on)).all()
    closures = db.session.scalars(
        select(Closure)
        .where(or_(Closure.school_id.is_(None), Closure.school_id == school_id))
        .order_by(Closure.first_on)
    ).all()
    today = clock.today()
    years = [today.year, *(d.year for term in terms for d in (term.first_on, term.last_on))]
    return domain_terms.SchoolCalendar(
        terms=tuple(domain_terms.Term(t.name, t.first_on, t.last_on) for t in terms),
        closures=tuple(domain_terms.Closure(c.first_on, c.last_on, c.reason) for c in closures),
        bank_holidays=bank_holidays(min(years) - 1, max(years) + 2),
    )


@cache
def bank_holidays(first_year: int, last_year: int) -> frozenset[date]:
    """Return the bank holidays of England in these years, substitute days included."""
    years = range(first_year, last_year + 1)
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=years))


def coordinators(school_id: int) -> list[Person]:
    """Return the coordinators of a school who can sign in, by name."""
    return _people_at(school_id, Role.COORDINATOR)


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


def member_schools() -> list[School]:
    """Return the schools of the network, by name."""
    return list(
        db.session.scalars(
            select(School).where(School.left_on.is_(None)).order_by(School.name, School.id)
        ).all()
    )


def school_by_slug(slug: str) -> School | None:
    """Return the school with this address."""
    return db.session.scalar(select(School).where(School.slug == slug))


def schools_by_id(ids: tuple[int, ...]) -> list[School]:
    """Return these schools, by name."""
    return list(
        db.session.scalars(select(School).where(School.id.in_(ids)).order_by(School.name)).all()
    )


def person_to_sign_in(person_id: int) -> Person | None:
    """Return a person who may be signed in, with roles: one query, on every request."""
    return (
        db.session.scalars(
            select(Person)
            .where(Person.id == person_id, Person.disabled_at.is_(None))
            .options(joinedload(Person.grants))
        )
        .unique()
        .one_or_none()
    )


def credentials(email: str) -> Any:
    """Return (id, password_hash, disabled_at) of who signs in with this address, or None."""
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


def open_invitations(*, school_id: int | None = None) -> list[Invitation]:
    """Return the invitations that nobody has answered, newest first; all, or a school's."""
    statement = (
        select(Invitation)
        .where(Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))
        .options(selectinload(Invitation.roles).joinedload(InvitationRole.school))
        .order_by(Invitation.invited_at.desc(), Invitation.id.desc())
    )
    if school_id is not None:
        statement = statement.where(Invitation.roles.any(InvitationRole.school_id == school_id))
    return list(db.session.scalars(statement).all())


def session_id(token: str) -> str:
    """Return the public id of the session with this token, or ""."""
    return (
        db.session.scalar(
            select(WebSession.public_id).where(WebSession.token_hash == token_hash(token))
        )
        or ""
    )


def sessions_of(person_id: int, now: datetime) -> list[WebSession]:
    """Return where a person is signed in, last used first."""
    return list(
        db.session.scalars(
            select(WebSession)
            .where(
                WebSession.person_id == person_id,
                WebSession.expires_at > now,
                WebSession.last_seen_at > now - sessions.IDLE,
            )
            .order_by(WebSession.last_seen_at.desc())
        ).all()
    )
