"""How long references for bank transfers are kept."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.foundation.chores import RetentionRule, deleting
from booking.money.transfers.models import TransferReference

KEPT = timedelta(days=90)


def rules() -> Sequence[RetentionRule]:
    """Return when references go: the payments that came by them stay, with their words."""
    return (
        deleting(
            "references for bank transfers",
            "90 days after the event, because a transfer may be late",
            TransferReference,
            lambda now: [
                TransferReference.booking_id.in_(
                    select(Booking.id).join(Booking.event).where(Event.last_ends_at <= now - KEPT)
                )
            ],
        ),
    )
