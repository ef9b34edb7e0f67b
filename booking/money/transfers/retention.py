"""How long references for bank transfers are kept."""

from collections.abc import Sequence

from booking.days.places import queries as place_queries
from booking.domain.keeping import others
from booking.foundation.chores import RetentionRule, deleting
from booking.money.transfers.models import TransferReference


def rules() -> Sequence[RetentionRule]:
    """Return when references go: the payments that came by them stay, with their words."""
    return (
        deleting(
            "references for bank transfers",
            others.TRANSFERS,
            TransferReference,
            lambda now: [
                TransferReference.booking_id.in_(place_queries.ended(others.TRANSFERS.over(now)))
            ],
        ),
    )
