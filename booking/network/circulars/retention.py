"""How long circulars, and who received them, are kept."""

from collections.abc import Sequence

from sqlalchemy import select

from booking.domain.keeping import families, others
from booking.foundation.chores import RetentionRule, deleting
from booking.foundation.files.models import AttachedFile
from booking.network.circulars import shelf
from booking.network.circulars.models import Circular, CircularCopy, CircularTemplate


def rules() -> Sequence[RetentionRule]:
    """Return when circulars and their copies are deleted."""
    return (
        deleting(
            "which families received a circular",
            families.FAMILIES_WRITTEN_TO,
            CircularCopy,
            lambda now: [
                CircularCopy.parent_id.is_not(None),
                CircularCopy.circular_id.in_(
                    select(Circular.id).where(
                        Circular.addressed_at <= families.FAMILIES_WRITTEN_TO.over(now)
                    )
                ),
            ],
        ),
        deleting(
            "circulars, with who received them",
            others.CIRCULARS,
            Circular,
            lambda now: [
                Circular.written_at <= others.CIRCULARS.over(now),
                (Circular.addressed_at.is_not(None)) | (Circular.send_at.is_(None)),
            ],
        ),
        deleting(
            "templates of circulars",
            others.CIRCULARS,
            CircularTemplate,
            lambda now: [CircularTemplate.used_at <= others.CIRCULARS.over(now)],
        ),
        deleting(
            "files of circulars",
            others.CIRCULARS,
            AttachedFile,
            lambda _now: [
                AttachedFile.owner_kind == shelf.KIND,
                AttachedFile.owner_id.not_in(select(Circular.public_id)),
            ],
        ),
    )
