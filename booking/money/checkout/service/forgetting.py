"""A parent is erased: consent stays without the name that was signed."""

from sqlalchemy import update

from booking.domain.keeping import families
from booking.foundation.db import db
from booking.money.checkout.models import Consent
from booking.people.pupils.models import Parent


def forget_parent(parent: Parent) -> None:
    """Take the parent's name off what was signed by their link."""
    db.session.execute(
        update(Consent).where(Consent.parent_id == parent.id).values(given_by=families.NAME_REMOVED)
    )
