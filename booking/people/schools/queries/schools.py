"""Reads of schools, and the network in figures."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, func, or_, select

from booking.domain.permissions import Role
from booking.foundation.db import db, rows
from booking.people.schools.details import SchoolLine
from booking.people.schools.models import Invitation, Person, RoleGrant, School


def member_schools() -> list[School]:
    """Return the schools of the network, by name."""
    return list(
        db.session.scalars(
            select(School).where(School.left_on.is_(None)).order_by(School.name, School.id)
        ).all()
    )


def school_line(school_id: int) -> SchoolLine:
    """Return a school that exists, as a plain row."""
    (row,) = rows(_school_line(), school_id=school_id)
    return SchoolLine(*row)


@cache
def _school_line() -> Select[*tuple[Any, ...]]:
    return select(*(getattr(School, name) for name in SchoolLine._fields)).where(
        School.id == bindparam("school_id", type_=Integer)
    )


def school_by_slug(slug: str) -> School | None:
    """Return the school with this address."""
    return db.session.scalar(select(School).where(School.slug == slug))


def schools_by_id(ids: tuple[int, ...]) -> list[School]:
    """Return these schools, by name."""
    return list(
        db.session.scalars(select(School).where(School.id.in_(ids)).order_by(School.name)).all()
    )


def has_years(low_year: Any, high_year: Any) -> ColumnElement[bool]:
    """Return the condition that a school has pupils in some of these years."""
    return and_(School.low_year <= high_year, School.high_year >= low_year)


def schools_list(text: str = "", show: str = "") -> Select[Any]:
    """Return the statement for a list of schools, by name.

    `show` is "" (members), "left", or "uncoordinated" (members without a coordinator).
    """
    statement = select(School).order_by(School.name, School.id)
    member = School.left_on.is_(None)
    statement = statement.where(School.left_on.is_not(None) if show == "left" else member)
    if show == "uncoordinated":
        statement = statement.where(_uncoordinated())
    if text:
        statement = statement.where(
            or_(
                School.name.icontains(text, autoescape=True),
                School.town.icontains(text, autoescape=True),
                School.urn == text,
            )
        )
    return statement


def schools_by_urn(urns: set[str]) -> dict[str, School]:
    """Return the schools with these reference numbers, former members included."""
    found = db.session.scalars(select(School).where(School.urn.in_(urns))).all()
    return {str(school.urn): school for school in found}


@dataclass(frozen=True)
class NetworkFigures:
    """The network in figures."""

    schools: int
    pupils: int
    people: int
    leads: int
    uncoordinated: int
    invitations_open: int
    invitations_lapsed: int


def figures(now: datetime) -> NetworkFigures:
    """Return the network in figures: one query."""
    member = School.left_on.is_(None)
    unanswered = Invitation.accepted_at.is_(None) & Invitation.withdrawn_at.is_(None)
    active = Person.disabled_at.is_(None)
    leads = select(func.count(RoleGrant.id)).join(Person).where(active, RoleGrant.role == Role.LEAD)
    row = db.session.execute(
        select(
            select(func.count(School.id)).where(member).scalar_subquery(),
            select(func.coalesce(func.sum(School.roll), 0)).where(member).scalar_subquery(),
            select(func.count(Person.id)).where(active).scalar_subquery(),
            leads.scalar_subquery(),
            select(func.count(School.id)).where(member, _uncoordinated()).scalar_subquery(),
            select(func.count(Invitation.id))
            .where(unanswered, Invitation.expires_at > now)
            .scalar_subquery(),
            select(func.count(Invitation.id))
            .where(unanswered, Invitation.expires_at <= now)
            .scalar_subquery(),
        )
    ).one()
    return NetworkFigures(*row)


def _uncoordinated() -> Any:
    """Return the condition that a school has no coordinator who can sign in."""
    return ~(
        select(RoleGrant.id)
        .join(Person)
        .where(
            RoleGrant.school_id == School.id,
            RoleGrant.role == Role.COORDINATOR,
            Person.disabled_at.is_(None),
        )
        .exists()
    )
