"""What `rosters` holds about one person."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_

from booking.foundation.holdings import Concerned, Part, nobody
from booking.on_the_day.rosters.models import AccompanyingAdult, RegisterMark, RegisterTap


def _came_along(subject: Concerned) -> ColumnElement[bool]:
    """Find an adult by address or number: for a school, where they came along with its pupils."""
    theirs = or_(
        AccompanyingAdult.email.in_(subject.addresses),
        AccompanyingAdult.mobile.in_(subject.phones),
    )
    if subject.school_id is None:
        return theirs
    return and_(theirs, AccompanyingAdult.school_id == subject.school_id)


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
            adult=_came_along,
        ),
    )


def readings() -> Sequence[str]:
    """Return by which acts rosters and health notes are read."""
    return ("download_roster", "read_health")
