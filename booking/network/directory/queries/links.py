"""Reads of links that schools asked for."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from booking.domain import helping
from booking.domain.helping import OPEN, LinkState
from booking.domain.permissions import Actor
from booking.foundation.db import db
from booking.network.directory.models import (
    Expertise,
    HelpLink,
)


def link(public_id: str) -> HelpLink | None:
    """Return a link with its two sides."""
    found = select(HelpLink).where(HelpLink.public_id == public_id).options(*_sides())
    return db.session.scalars(found).one_or_none()


def link_by_hash(hashed: str, now: datetime) -> HelpLink | None:
    """Return the link whose school answers by this address, while that works."""
    found = select(HelpLink).where(
        HelpLink.outcome_hash == hashed,
        HelpLink.outcome_asked_at > now - helping.OUTCOME_LINK,
    )
    return db.session.scalars(found.options(*_sides())).one_or_none()


def open_links(school_id: int) -> Sequence[HelpLink]:
    """Return what a school asked that is still open."""
    found = select(HelpLink).where(HelpLink.school_id == school_id, HelpLink.state.in_(OPEN))
    return db.session.scalars(found.order_by(HelpLink.id)).all()


def links_of(actor: Actor) -> Sequence[HelpLink]:
    """Return what somebody's schools asked, the newest first."""
    found = select(HelpLink).where(HelpLink.school_id.in_(sorted(actor.schools())))
    return db.session.scalars(found.options(*_sides()).order_by(HelpLink.id.desc())).all()


def suggested_to(school_ids: Collection[int]) -> Sequence[HelpLink]:
    """Return the links of some schools for which the lead suggests somebody."""
    found = select(HelpLink).where(
        HelpLink.school_id.in_(sorted(school_ids)), HelpLink.state == LinkState.SUGGESTED
    )
    return db.session.scalars(found.order_by(HelpLink.id)).all()


def to_introduce() -> Sequence[HelpLink]:
    """Return the links that wait for the lead, the oldest first."""
    found = select(HelpLink).where(HelpLink.state == LinkState.ASKED)
    return db.session.scalars(found.options(*_sides()).order_by(HelpLink.asked_at)).all()


def _sides() -> Sequence[ExecutableOption]:
    return (
        joinedload(HelpLink.school),
        joinedload(HelpLink.area),
        joinedload(HelpLink.asked_by),
        joinedload(HelpLink.expertise).options(
            joinedload(Expertise.person), joinedload(Expertise.school)
        ),
    )
