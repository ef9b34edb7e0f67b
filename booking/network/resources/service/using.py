"""The materials of an event: resources that whoever runs it puts there, kept by a copy of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from booking.days.events.models import Event
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db, insert_into
from booking.network.resources.models import EventMaterial, Resource
from booking.network.resources.service.sharing import standing


def put_with(*, actor: Actor, now: datetime, event: Event, resource: Resource) -> None:
    """Put a resource among an event's materials; once is enough. Raises ResourceWithdrawn."""
    resource = standing(resource)
    if _insert(event, [resource.id], now):
        _record(actor, "put_with_event", event, now, resource_id=resource.id)


def take_from(*, actor: Actor, now: datetime, event: Event, resource: Resource) -> None:
    """Take a resource away from an event's materials; the resource itself stays."""
    gone = db.session.execute(
        delete(EventMaterial)
        .where(EventMaterial.event_id == event.id, EventMaterial.resource_id == resource.id)
        .returning(EventMaterial.resource_id)
    ).all()
    if gone:
        _record(actor, "take_from_event", event, now, resource_id=resource.id)


def take_along(event: Event, *, of: Event, actor: Actor, now: datetime) -> None:
    """Give a copy of an event the materials of the one it was made from."""
    db.session.flush()
    found = (
        select(EventMaterial.resource_id)
        .join(Resource)
        .where(EventMaterial.event_id == of.id, Resource.withdrawn_at.is_(None))
    )
    ids = db.session.scalars(found.order_by(EventMaterial.added_at, Resource.id)).all()
    if ids:
        _insert(event, list(ids), now)
        _record(actor, "copy_materials", event, now, resources=len(ids))


def _insert(event: Event, ids: list[int], now: datetime) -> bool:
    row = insert_into(EventMaterial).values(
        [{"event_id": event.id, "resource_id": id_, "added_at": now} for id_ in ids]
    )
    put = db.session.execute(
        row.on_conflict_do_nothing().returning(EventMaterial.resource_id)
    ).all()
    return bool(put)


def _record(actor: Actor, action: str, event: Event, now: datetime, **facts: Any) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject=event,
        school_id=event.host_school_id,
        now=now,
        **facts,
    )
