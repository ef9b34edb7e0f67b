"""The row that a form edits, locked before anybody asks whether somebody else has changed it."""

from typing import Any

from booking.foundation.db import db


def row(edited: Any) -> Any:
    """Return the row as it is now; others who would change it wait for this transaction's end."""
    db.session.refresh(edited, with_for_update={"key_share": True})
    return edited
