"""What schools announce."""

from datetime import datetime

from booking.domain.permissions import Actor
from booking.foundation.ports import Announcement
from booking.people.schools.models import Person


@Announcement
def forgotten(person: Person) -> None:
    """Announce that an account loses its name now: what else its person had here goes too."""


@Announcement
def left(
    person: Person, *, school_ids: frozenset[int], is_gone: bool, actor: Actor, now: datetime
) -> None:
    """Announce at which schools somebody has no role any more; what they did there ends.

    `is_gone` says that they see nothing of network life any more. Heard in the transaction in which
    their roles end, their account closes or their school leaves the network; it may be heard twice.
    """
