"""What answers add to other pages: on a pupil's page, the way to each event's answers."""

from datetime import datetime

from booking.days.places import pages as place_pages
from booking.on_the_day.answers import queries
from booking.people.pupils.models import Pupil
from booking.people.pupils.ports import PupilPanel


def events(pupil: Pupil, *, now: datetime) -> PupilPanel | None:
    """Return the events that the pupil was named for, each with a link to what was answered."""
    found = [
        (booking.public_id, event.title, event.first_starts_at, place_pages.tag_of(booking))
        for booking, event in queries.bookings_of(pupil)
    ]
    if not found:
        return None
    return PupilPanel("on_the_day/answers/_events.html", {"events": found}, where="top")
