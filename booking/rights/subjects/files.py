"""A copy of everything held as a file for programs."""

import json

from booking.rights.subjects.details import FullCopy

MIMETYPES = {"pdf": "application/pdf", "json": "application/json"}


def as_json(copy: FullCopy) -> bytes:
    """Return the copy as JSON."""
    return json.dumps(copy.as_facts(), ensure_ascii=False, indent=1).encode()
