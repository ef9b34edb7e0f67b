"""Reads of circulars: which somebody may see, one of them, and what became of its copies."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from booking.domain import permissions
from booking.domain.circulars import NEEDED, OF_NETWORK, TO_FAMILIES, TO_SCHOOLS, Readership
from booking.domain.permissions import Actor, Role
from booking.foundation.db import db
from booking.foundation.notifications.models import Message, MessageState
from booking.network.circulars.details import speaker_of
from booking.network.circulars.models import Circular, CircularCopy
from booking.people.pupils.models import Parent
from booking.people.schools.models import Person


def by_public_id(public_id: str, actor: Actor) -> Circular | None:
    """Return a circular, if the actor may write to its readers."""
    found = db.session.scalars(
        select(Circular)
        .where(Circular.public_id == public_id)
        .options(joinedload(Circular.event), joinedload(Circular.written_by))
    ).one_or_none()
    return found if found is not None and may_write(actor, found) else None


def may_write(actor: Actor, circular: Circular) -> bool:
    """Return whether the actor may write to the readers of a circular, and so read it."""
    return permissions.may(actor, NEEDED[circular.readership], speaker_of(circular).scope)


def listing(actor: Actor) -> Select[Circular]:
    """Select the circulars that the actor may see, the newest first."""
    return (
        select(Circular)
        .where(_is_seen_by(actor))
        .options(joinedload(Circular.event), joinedload(Circular.written_by))
        .order_by(Circular.written_at.desc(), Circular.id.desc())
    )


def _is_seen_by(actor: Actor) -> ColumnElement[bool]:
    leads = actor.has(Role.LEAD)
    return or_(
        Circular.readership.in_([*OF_NETWORK, *TO_SCHOOLS] if leads else []),
        and_(
            Circular.readership.in_(TO_SCHOOLS), Circular.school_id.in_(actor.school_ids(Role.HOST))
        ),
        and_(
            Circular.readership.in_(TO_FAMILIES),
            Circular.school_id.in_(actor.school_ids(Role.COORDINATOR)),
        ),
    )


def last_asked(circular: Circular) -> datetime | None:
    """Return when the same silent families were, or will be, asked by another circular."""
    return db.session.scalar(
        select(func.max(Circular.send_at)).where(
            Circular.event_id == circular.event_id,
            Circular.school_id == circular.school_id,
            Circular.readership == Readership.FAMILIES_SILENT,
            Circular.id != circular.id,
        )
    )


def due(now: datetime) -> Select[int]:
    """Select the circulars whose time has come, the earliest first."""
    return (
        select(Circular.id)
        .where(Circular.addressed_at.is_(None), Circular.send_at <= now)
        .order_by(Circular.send_at, Circular.id)
    )


def copies(circular: Circular) -> Select[CircularCopy]:
    """Select each reader's copy, with the reader, by name."""
    return (
        select(CircularCopy)
        .outerjoin(CircularCopy.person)
        .outerjoin(CircularCopy.parent)
        .options(
            contains_eager(CircularCopy.person),
            contains_eager(CircularCopy.parent),
            joinedload(CircularCopy.school),
        )
        .where(CircularCopy.circular_id == circular.id)
        .order_by(func.coalesce(Person.name, Parent.name), CircularCopy.id)
    )


def fates(copies: Sequence[CircularCopy]) -> dict[str, MessageState]:
    """Return how far the mail of some copies has got, by its key."""
    keys = [copy.mail_key for copy in copies if copy.mail_key]
    found = db.session.execute(select(Message.key, Message.state).where(Message.key.in_(keys)))
    return {key: state for key, state in found}


def counts(circular: Circular) -> dict[MessageState | None, int]:
    """Return how many copies have got how far; None stands for those that no mail carries yet."""
    found = db.session.execute(
        select(Message.state, func.count())
        .select_from(CircularCopy)
        .outerjoin(Message, Message.key == CircularCopy.mail_key)
        .where(CircularCopy.circular_id == circular.id)
        .group_by(Message.state)
    )
    return {state: count for state, count in found}
