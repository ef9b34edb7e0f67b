"""Reads of templates: which somebody may start from, and which are theirs to change."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.orm import joinedload

from booking.domain.circulars import TO_FAMILIES, TO_SCHOOLS
from booking.domain.permissions import Actor, Role
from booking.foundation.db import db
from booking.network.circulars.details import Speaker
from booking.network.circulars.models import CircularTemplate


def templates_for(speaker: Speaker, actor: Actor) -> Sequence[CircularTemplate]:
    """Return what a circular can be started from: the speaker's own school's, then the network's.

    A school's are its own: the lead, who may write to schools in its place, does not see them.
    """
    return db.session.scalars(
        select(CircularTemplate)
        .where(
            CircularTemplate.readership.in_(speaker.readerships),
            or_(
                CircularTemplate.school_id.is_(None),
                and_(CircularTemplate.school_id == speaker.scope.school_id, _is_of(actor)),
            ),
        )
        .order_by(CircularTemplate.school_id.is_(None), CircularTemplate.name, CircularTemplate.id)
    ).all()


def templates_of(actor: Actor) -> Sequence[CircularTemplate]:
    """Return the templates that are the actor's to change, by school and name."""
    return db.session.scalars(
        select(CircularTemplate)
        .where(_is_of(actor))
        .options(joinedload(CircularTemplate.school))
        .order_by(CircularTemplate.school_id, CircularTemplate.name, CircularTemplate.id)
    ).all()


def template_by_public_id(public_id: str, actor: Actor) -> CircularTemplate | None:
    """Return a template, if it is the actor's to change."""
    return db.session.scalars(
        select(CircularTemplate).where(CircularTemplate.public_id == public_id, _is_of(actor))
    ).one_or_none()


def count_templates(school_id: int | None) -> int:
    """Return how many a school, or the network, keeps."""
    return db.session.scalars(
        select(func.count()).where(CircularTemplate.school_id.is_not_distinct_from(school_id))
    ).one()


def _is_of(actor: Actor) -> ColumnElement[bool]:
    """Select the network's for the lead, and a school's for those who write to its readers."""
    return or_(
        and_(CircularTemplate.school_id.is_(None), true() if actor.has(Role.LEAD) else false()),
        and_(
            CircularTemplate.readership.in_(TO_SCHOOLS),
            CircularTemplate.school_id.in_(actor.school_ids(Role.HOST)),
        ),
        and_(
            CircularTemplate.readership.in_(TO_FAMILIES),
            CircularTemplate.school_id.in_(actor.school_ids(Role.COORDINATOR)),
        ),
    )
