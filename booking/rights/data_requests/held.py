"""What the register holds about one person."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_, select

from booking.foundation.holdings import Concerned, Part
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.rights.data_requests.models import DataRequest


def _asked(subject: Concerned) -> ColumnElement[bool]:
    """Find what one of these parents asked, or somebody else; another parent's is theirs alone."""
    own = DataRequest.parent_id.in_(subject.parents)
    if not subject.pupils:
        return own
    return and_(DataRequest.pupil_id.in_(subject.pupils), or_(own, DataRequest.parent_id.is_(None)))


def _of_adult(subject: Concerned) -> ColumnElement[bool]:
    """Find what somebody with an account asked, or an adult who came along with a school."""
    theirs = or_(
        AccompanyingAdult.email.in_(subject.addresses),
        AccompanyingAdult.mobile.in_(subject.phones),
    )
    came = select(AccompanyingAdult.id).where(
        theirs, AccompanyingAdult.school_id == subject.school_id
    )
    return or_(DataRequest.person_id.in_(subject.people), DataRequest.adult_id.in_(came))


def parts() -> Sequence[Part]:
    """Return what was asked about somebody, and how it was answered."""
    return (
        Part(
            "Requests about what is held",
            DataRequest,
            family=_asked,
            adult=_of_adult,
            by_staff=True,
        ),
    )
