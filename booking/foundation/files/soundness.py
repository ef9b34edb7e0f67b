"""What must be true of files: every file has its content, and a content is what its hash says."""

import hashlib
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from booking.foundation.chores import Check
from booking.foundation.db import db
from booking.foundation.files import ports
from booking.foundation.files.models import FileContent

#: So many contents are read, one after another, each time the doctor looks: all of a small
#: network's, and of a large one a sample that differs from time to time.
READ_MAX = 50


def checks() -> Sequence[Check]:
    """Return the checks on the shelf."""
    return (Check("Every file has its content, unchanged", _contents),)


def _contents() -> Iterable[str]:
    some = select(FileContent.sha256, FileContent.size_bytes)
    for sha256, size_bytes in db.session.execute(
        some.order_by(func.random()).limit(READ_MAX)
    ).all():
        content = ports.store().get(sha256)
        if content is None:
            yield f"content {sha256[:12]}: its bytes are missing"
        elif (hashlib.sha256(content).hexdigest(), len(content)) != (sha256, size_bytes):
            yield f"content {sha256[:12]}: its bytes are not what was stored"
