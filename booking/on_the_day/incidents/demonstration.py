"""The demonstration's incidents: a graze that the pupil's school has read; and heads counted."""

from datetime import datetime, timedelta

from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.domain.booking_states import BookingState
from booking.domain.incidents import IncidentKind
from booking.domain.permissions import Actor
from booking.foundation.db import transaction
from booking.on_the_day.incidents import queries, service
from booking.on_the_day.incidents.details import IncidentFacts
from booking.on_the_day.incidents.models import Way
from booking.people.schools.scene import Scene

#: What is older has been read by everybody.
UNREAD_FOR = timedelta(days=3)


def graze(event: Event, *, actor: Actor, now: datetime, scene: Scene) -> None:
    """Write down that a pupil grazed a knee; unless it was just now, the school has read it."""
    came = [
        booking
        for booking in place_queries.expected(event.id)
        if booking.state is BookingState.ATTENDED and booking.school_id != event.host_school_id
    ]
    if not came:
        return
    hurt = came[0]
    with transaction():
        incident = service.write(
            actor=actor,
            now=now,
            event=event,
            kind=IncidentKind.FIRST_AID,
            happened=IncidentFacts(
                happened_at=now - timedelta(hours=2),
                place="On the steps to the hall",
                what="Slipped on the wet step and grazed a knee.",
                done="Washed with water, plaster, sat down for ten minutes.",
                told="The adult who travels along.",
            ),
            booking_ids=[hurt.id],
        )
        service.close(
            actor=actor, now=now, incident=incident, outcome="Back with the group after lunch."
        )
    if scene.today - now.date() > UNREAD_FOR:
        with transaction():
            reader = scene.coordinator_of(hurt.school)
            service.note_read(actor=reader, now=now + timedelta(hours=1), incident=incident)


def count_out(event: Event, *, actor: Actor, now: datetime) -> None:
    """Count as many out as came in, on the last date."""
    day = event.dates[-1]
    with transaction():
        number = queries.numbers(day).due_out
        service.count(actor=actor, now=now, day=day, way=Way.OUT, number=number)
