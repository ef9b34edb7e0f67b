"""What a pupil's page says about requests: those that are open, and restrictions in force."""

from datetime import datetime

from booking.domain.data_rights import AskedState
from booking.people.pupils.models import Pupil
from booking.people.pupils.ports import PupilPanel
from booking.rights.data_requests import queries, words


def of_pupil(pupil: Pupil, *, now: datetime) -> PupilPanel:
    """Return what is asked about a pupil, and the way to write something down."""
    found = queries.about_pupil(pupil.id)
    waiting = [one for one in found if one.state is AskedState.OPEN]
    return PupilPanel(
        "rights/data_requests/_of_pupil.html",
        {"asked": [(one, words.SHORT[one.asked_right]) for one in waiting]},
    )


def restricted(pupil: Pupil, *, now: datetime) -> PupilPanel | None:
    """Return since when and why a pupil is restricted, above everything else of the page."""
    found = [one for one in queries.about_pupil(pupil.id) if one.restricted_at is not None]
    if not found:
        return None
    return PupilPanel(
        "rights/data_requests/_restricted.html",
        {"restricting": [(one, words.why(one)) for one in found]},
        where="top",
    )
