"""Somebody who oversees has opened the pupils at an event, and may see them no longer."""

from datetime import timedelta

from sqlalchemy import select

from booking.days.events.models import Event
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.on_the_day.glass import service as glass
from booking.on_the_day.glass.models import GlassOpening
from booking.people.schools.models import School
from tests.builders import schools as people

#: Why: for the schools whose pupils they are.
GLASS_WORD = "Zqglassreason"


def build(event: Event, own: School, emails: dict[str, str]) -> dict[str, str]:
    """Open them an hour ago, as the auditor; return the opening that the own school reads."""
    auditor = people.actor_of(people.person_of(emails["auditor"]))
    with transaction():
        glass.open_pupils(
            actor=auditor, now=clock.now() - timedelta(hours=1), event=event, reason=GLASS_WORD
        )
    of_own = select(GlassOpening.public_id).where(GlassOpening.school_id == own.id)
    return {"opening": db.session.scalars(of_own).one()}
