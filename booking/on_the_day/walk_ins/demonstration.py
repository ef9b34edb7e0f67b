"""The demonstration's door: somebody came who was not on the list, and the school was rung."""

from datetime import datetime

from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.domain.permissions import Actor
from booking.foundation.db import transaction
from booking.on_the_day.rosters import windows
from booking.on_the_day.walk_ins import service
from booking.on_the_day.walk_ins.details import KEPT
from booking.people.pupils import queries as pupil_queries
from booking.people.schools.scene import Scene


def let_somebody_in(event: Event, *, actor: Actor, now: datetime, scene: Scene) -> None:
    """Write down one more pupil of the first school, if nobody would have forgotten it by now."""
    expected = place_queries.expected(event.id)
    if not expected or scene.today - now.date() >= KEPT:
        return
    school, listed = expected[0].school, {booking.pupil_id for booking in expected}
    others = (
        pupil
        for pupil in pupil_queries.everybody(school.id)
        if pupil.id not in listed and event.low_year <= pupil.year_group <= event.high_year
    )
    if (pupil := next(others, None)) is None:
        return
    with transaction():
        walk_in = service.add(
            actor=actor,
            now=now,
            event=event,
            day=windows.register_date(event.dates, now),
            school=school,
            name=pupil.name,
            reason="Came along in the coach, which had left again",
        )
        service.note_asked(actor=actor, now=now, walk_in=walk_in)
