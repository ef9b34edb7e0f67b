"""How long circulars, and who received them, are kept."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from booking.foundation.chores import RetentionRule, deleting
from booking.foundation.files.models import AttachedFile
from booking.network.circulars import shelf
from booking.network.circulars.models import Circular, CircularCopy, CircularTemplate

FAMILIES_KEPT = timedelta(days=60)
KEPT = timedelta(days=730)


def rules() -> Sequence[RetentionRule]:
    """Return when circulars and their copies are deleted."""
    return (
        deleting(
            "which families received a circular",
            "60 days after it went out",
            CircularCopy,
            lambda now: [
                CircularCopy.parent_id.is_not(None),
                CircularCopy.circular_id.in_(
                    select(Circular.id).where(Circular.addressed_at <= now - FAMILIES_KEPT)
                ),
            ],
        ),
        deleting(
            "circulars, with who received them",
            "two years after they were written",
            Circular,
            lambda now: [
                Circular.written_at <= now - KEPT,
                (Circular.addressed_at.is_not(None)) | (Circular.send_at.is_(None)),
            ],
        ),
        deleting(
            "templates of circulars",
            "two years after they were last used or changed",
            CircularTemplate,
            lambda now: [CircularTemplate.used_at <= now - KEPT],
        ),
        deleting(
            "files of circulars",
            "with the circular that they went with",
            AttachedFile,
            lambda _now: [
                AttachedFile.owner_kind == shelf.KIND,
                AttachedFile.owner_id.not_in(select(Circular.public_id)),
            ],
        ),
    )
