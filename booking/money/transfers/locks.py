"""Lock references, after the bookings that they are for."""

from booking.foundation.db import db
from booking.money.transfers.models import TransferReference


def reference(reference_id: int) -> TransferReference:
    """Return a reference as it is now, locked."""
    return db.session.get_one(
        TransferReference, reference_id, with_for_update=True, populate_existing=True
    )
