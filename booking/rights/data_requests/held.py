"""What the register holds about one person."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_

from booking.foundation.holdings import Concerned, Part
from booking.rights.data_requests.models import DataRequest


def _asked(subject: Concerned) -> ColumnElement[bool]:
    """Find what one of these parents asked, or somebody else; another parent's is theirs alone."""
    own = DataRequest.parent_id.in_(subject.parents)
    if not subject.pupils:
        return own
    return and_(DataRequest.pupil_id.in_(subject.pupils), or_(own, DataRequest.parent_id.is_(None)))


def parts() -> Sequence[Part]:
    """Return what was asked about somebody, and how it was answered."""
    return (
        Part(
            "Requests about what is held",
            DataRequest,
            family=_asked,
            adult=lambda subject: DataRequest.person_id.in_(subject.people),
            by_staff=True,
        ),
    )
