"""How schools of the demonstration travel to what comes next, and one bus that three of them share.

The last school of each event has not said yet, so there is something to do.
"""

import random
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import select

from booking.days.events import words as event_words
from booking.days.events.models import Event, EventState
from booking.days.places import queries as place_queries
from booking.domain.travelling import TravelMode, TravelTimes
from booking.foundation.db import db, transaction
from booking.on_the_day.travel import queries, service
from booking.on_the_day.travel.details import NotesDetails, WayDetails
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School
from booking.people.schools.scene import Scene

SOON = timedelta(days=30)
SEATS = 4
BASES = ("Jo Whitlock", "Priya Nair", "Colin Marsh", "Ama Boateng")
NOTES = NotesDetails(
    first_aid="Two trained adults in the school office, from 8:30am to 4pm.",
    safeguarding_name="Ruth Alder",
    safeguarding_phone="07700 900144",
    drop_off="The bay in front of the main gate; coaches wait in the lay-by opposite.",
    meeting_point="The netball court behind the hall.",
    risks="Stairs to the first floor; a ramp is at the side. Sharp tools only with our own staff.",
)


def travel_there(scene: Scene, now: datetime) -> None:
    """Let hosts and schools say what they can about the events of the next weeks."""
    dice = scene.dice("travel")
    for event in _coming(now):
        schools = [
            school
            for school in school_queries.schools_by_id(tuple(place_queries.held(event.id)))
            if school.id != event.host_school_id
        ]
        with transaction():
            host = scene.host_of(event.host_school.slug)
            service.save_notes(actor=host, now=now, event=event, details=NOTES)
            for number, school in enumerate(schools[:-1]):
                service.save_plan(
                    actor=scene.coordinator_of(school),
                    now=now,
                    event=event,
                    school=school,
                    details=_details(event, has_seats=number == 0, dice=dice),
                )
        _share(scene, event, schools, now)


def _coming(now: datetime) -> Sequence[Event]:
    """Return the published events of the next weeks, soonest first."""
    return db.session.scalars(
        select(Event)
        .where(
            Event.state == EventState.PUBLISHED,
            Event.first_starts_at > now,
            Event.first_starts_at <= now + SOON,
        )
        .order_by(Event.first_starts_at)
    ).all()


def _details(event: Event, *, has_seats: bool, dice: random.Random) -> WayDetails:
    starts, ends = event_words.local_span(event.dates[0])
    on_the_way = timedelta(minutes=dice.choice((20, 30, 40)))
    mode = TravelMode.MINIBUS if has_seats else dice.choice(list(TravelMode))
    return WayDetails(
        mode=TravelMode.WALKING if mode is TravelMode.SHARED else mode,
        times=TravelTimes(
            leaves=_clock(starts - on_the_way - timedelta(minutes=15)),
            arrives=_clock(starts - timedelta(minutes=15)),
            back=_clock(ends + on_the_way),
        ),
        seats=SEATS if has_seats else 0,
        gets_on="Station forecourt, on the way" if has_seats else "",
        base_name=dice.choice(BASES),
        base_phone=f"07700 900{dice.randrange(1000):03d}",
        supervision="Both adults know the group well; the school can send a third within the hour.",
        first_aid="Kit and inhalers in the red bag, carried by the visit leader.",
        meeting_point="The host’s main gate.",
    )


def _clock(moment: datetime) -> time:
    return moment.time().replace(second=0, microsecond=0)


def _share(scene: Scene, event: Event, schools: Sequence[School], now: datetime) -> None:
    """Let two more schools ask for seats of the first one's bus, which has said yes to one."""
    if len(schools) < 3:
        return
    giver, *others = schools
    bus = queries.plan_of(event.id, giver.id)
    assert bus is not None, "the first school has said how it travels"
    for school, seats in zip(others, (2, 1), strict=False):
        with transaction():
            share = service.ask(
                actor=scene.coordinator_of(school), now=now, plan=bus, school=school, seats=seats
            )
            if seats > 1:
                service.confirm(actor=scene.coordinator_of(giver), now=now, share=share)
