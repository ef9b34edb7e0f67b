"""How long it is kept who accompanied a school's pupils, and who marked what."""

from collections.abc import Sequence

from sqlalchemy import select

from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.domain.keeping import families, others
from booking.foundation.chores import RetentionRule, deleting, emptying
from booking.on_the_day.rosters.models import AccompanyingAdult, RegisterMark, RegisterTap


def rules() -> Sequence[RetentionRule]:
    """Return when the adults are deleted, with whom pupils left, and each press in the register.

    What the register came to stays; the audit trail keeps who marked it, without any name.
    """
    return (
        deleting(
            "presses in the register",
            families.REGISTER,
            RegisterTap,
            lambda now: [
                RegisterTap.booking_id.in_(place_queries.ended(families.REGISTER.over(now)))
            ],
        ),
        emptying(
            "with whom pupils left",
            families.REGISTER,
            RegisterMark,
            lambda now: [
                RegisterMark.left_with.is_not(None),
                RegisterMark.booking_id.in_(place_queries.ended(families.REGISTER.over(now))),
            ],
            lambda now: {"left_with": None},
        ),
        deleting(
            "accompanying adults",
            others.ACCOMPANYING,
            AccompanyingAdult,
            lambda now: [
                AccompanyingAdult.event_id.in_(
                    select(Event.id).where(Event.last_ends_at <= others.ACCOMPANYING.over(now))
                )
            ],
        ),
    )
