"""How it is told in a history what was asked about what is held."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from booking.foundation.audit.details import ActWords, Related, act
from booking.rights.data_requests.models import DataRequest

_REQUESTS = "Requests about what is held"


def acts() -> Mapping[str, ActWords]:
    """Return how the acts are told."""
    return {
        "take_data_request": act(
            _REQUESTS, "asked, or wrote down that somebody asked, about what is held"
        ),
        "put_off_data_request": act(
            _REQUESTS, "put off the answer to a request about what is held"
        ),
        "answer_data_request": act(_REQUESTS, "did what a request about what is held asked for"),
        "refuse_data_request": act(
            _REQUESTS, "answered that a request about what is held is not done, or not all of it"
        ),
        "lift_restriction": act(_REQUESTS, "ended a restriction of what is held"),
    }


def related(table: str, row_id: int) -> Sequence[Related] | None:
    """Add them to the pupil's history."""
    if table != "pupils":
        return None
    found = select(DataRequest.id).where(DataRequest.pupil_id == row_id)
    return (Related("data_requests", found),)
