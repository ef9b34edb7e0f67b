"""What pupils announce."""

from collections.abc import Sequence
from datetime import datetime

from booking.domain.permissions import Actor
from booking.foundation.ports import Announcement
from booking.people.pupils.models import Parent, Pupil


@Announcement
def left(pupil: Pupil, *, actor: Actor, now: datetime) -> None:
    """Announce that a pupil left, or was added by mistake, and nothing is booked any more."""


@Announcement
def forgotten(parent: Parent) -> None:
    """Announce that a parent is about to be deleted: what has their name loses it."""


@Announcement
def parents_changed(
    pupil: Pupil, *, gone: Sequence[Parent], come: Sequence[Parent], actor: Actor, now: datetime
) -> None:
    """Announce new parents of a pupil: `gone` no longer speak for the pupil, `come` now do."""
