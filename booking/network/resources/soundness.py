"""What must be true of resources: each has its versions, numbered from one, each on its shelf."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from booking.foundation.chores import Check
from booking.foundation.db import db
from booking.foundation.files.models import AttachedFile
from booking.network.resources import shelf
from booking.network.resources.models import Resource, ResourceVersion


def checks() -> Sequence[Check]:
    """Return the checks on resources."""
    return (
        Check("Every resource has its versions, numbered from one", _numbers),
        Check("The file of every version belongs to its resource", _files),
    )


def _numbers() -> Iterable[str]:
    counted = (
        select(Resource.id, func.count(ResourceVersion.id), func.max(ResourceVersion.number))
        .outerjoin(ResourceVersion, ResourceVersion.resource_id == Resource.id)
        .group_by(Resource.id)
        .order_by(Resource.id)
    )
    for id_, count, newest in db.session.execute(counted):
        if not count or count != newest:
            yield f"resource {id_}: {count} versions, the newest numbered {newest or 'nothing'}"


def _files() -> Iterable[str]:
    astray = (
        select(ResourceVersion.id)
        .join(AttachedFile, AttachedFile.id == ResourceVersion.file_id)
        .join(Resource, Resource.id == ResourceVersion.resource_id)
        .where(
            (AttachedFile.owner_kind != shelf.KIND) | (AttachedFile.owner_id != Resource.public_id)
        )
        .order_by(ResourceVersion.id)
    )
    for id_ in db.session.scalars(astray):
        yield f"version {id_}: its file belongs to something else"
