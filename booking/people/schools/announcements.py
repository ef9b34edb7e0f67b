"""What schools announce."""

from booking.foundation.ports import Announcement
from booking.people.schools.models import Person


@Announcement
def forgotten(person: Person) -> None:
    """Announce that an account loses its name now: what else its person had here goes too."""
