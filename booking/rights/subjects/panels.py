"""What subjects add to other pages: the way to everything held about a pupil."""

from datetime import datetime

from booking.people.pupils.models import Pupil
from booking.people.pupils.ports import PupilPanel


def of_pupil(pupil: Pupil, *, now: datetime) -> PupilPanel:
    """Return the way to everything held about a pupil."""
    return PupilPanel("rights/subjects/_of_pupil.html")
