"""A pupil who came without being on the list: the name and the reason are marked."""

from booking.days.events.models import Event
from booking.foundation.db import db, transaction
from booking.on_the_day.walk_ins.models import WalkIn
from booking.people.schools.models import School
from tests.trust.canaries import Canaries


def build(event: Event, school: School, mark: Canaries) -> dict[str, str]:
    """Write one down, as on the day; return its address."""
    name = f"Kim {mark.word('door', mark.roster)}"
    with transaction():
        walk_in = WalkIn(
            event_id=event.id,
            date_id=event.dates[0].id,
            school_id=school.id,
            name=name,
            folded=name.casefold(),
            reason=mark.word("over", mark.roster),
        )
        db.session.add(walk_in)
        db.session.flush()
        return {"walk_in": walk_in.public_id}
