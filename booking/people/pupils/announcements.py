"""What pupils announce."""

from collections.abc import Sequence
from datetime import datetime

from booking.domain.permissions import Actor
from booking.foundation.ports import Announcement
from booking.people.pupils.models import Parent, Pupil


@Announcement
def left(pupil: Pupil, *, actor: Actor, now: datetime) -> None:
    """Say that a pupil left the school, or was added by mistake: nothing is booked any more."""


@Announcement
def parents_changed(
    pupil: Pupil, *, gone: Sequence[Parent], come: Sequence[Parent], actor: Actor, now: datetime
) -> None:
    """Say that a pupil has other parents: `gone` speak for the pupil no longer, `come` now do."""
