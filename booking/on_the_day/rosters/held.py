"""What `rosters` holds about one person."""

from collections.abc import Sequence

from sqlalchemy import or_

from booking.foundation.holdings import Part, nobody
from booking.on_the_day.rosters.models import AccompanyingAdult, RegisterMark, RegisterTap


def parts() -> Sequence[Part]:
    """Return how a pupil was marked in the register, and where an adult came along."""
    return (
        Part("The register", RegisterMark),
        Part(
            "Every mark in the register",
            RegisterTap,
            left_out={"key": "made by the phone, so that a mark sent twice is taken once"},
        ),
        Part(
            "Events to come along to",
            AccompanyingAdult,
            family=nobody,
            adult=lambda subject: or_(
                AccompanyingAdult.email.in_(subject.addresses),
                AccompanyingAdult.mobile.in_(subject.phones),
            ),
        ),
    )


def readings() -> Sequence[str]:
    """Return by which acts rosters and health notes are read."""
    return ("download_roster", "read_health")
