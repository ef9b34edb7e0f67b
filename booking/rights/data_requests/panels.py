"""What a pupil's page says about requests: those that are open, and restrictions in force."""

from datetime import datetime

from booking.people.pupils.models import Pupil
from booking.people.pupils.ports import PupilPanel
from booking.rights.data_requests import queries, words


def of_pupil(pupil: Pupil, *, now: datetime) -> PupilPanel:
    """Return what is asked about a pupil, and the way to write something down."""
    found = queries.about_pupil(pupil.id)
    return PupilPanel(
        "rights/data_requests/_of_pupil.html",
        {"asked": [(one, words.SHORT[one.asked_right]) for one in found]},
    )
