"""A family that changes its answers after the place was confirmed; what it tells is marked."""

from sqlalchemy import select

from booking.days.places.models import Booking
from booking.domain.needs import Collection, PhotoPermission
from booking.domain.permissions import PARENT
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service as checkout
from booking.on_the_day.answers.models import LateChange
from tests.builders.checkout import Family
from tests.trust.canaries import Canaries


def build(family: Family, mark: Canaries) -> dict[str, str]:
    """Change who collects and whom to ring; return the addresses of what has to be seen."""
    with transaction():
        checkout.tell_day(
            actor=PARENT,
            now=clock.now(),
            booking=db.session.get_one(Booking, family.booking.id),
            photo=PhotoPermission.SCHOOL_USE,
            collection=Collection.NAMED_ADULT,
            collected_by=mark.word("collects", mark.roster),
            emergency_name=mark.word("emergency", mark.private),
            emergency_phone=mark.phone(mark.private),
            parent_id=family.parent.id,
        )
    found = db.session.scalars(select(LateChange).where(LateChange.booking_id == family.booking.id))
    return {f"{change.audience.value}_change": change.public_id for change in found}
