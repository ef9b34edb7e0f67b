"""What a host of the demonstration does with workshops and tables, and what pupils would like."""

from datetime import datetime

from sqlalchemy import select

from booking.days.events.models import Event, EventState
from booking.days.groups import queries, service
from booking.days.groups.details import HALVES, WorkshopDetails
from booking.days.groups.models import WorkshopTime
from booking.days.groups.queries import workshops
from booking.days.groups.words import GroupNaming
from booking.days.places import queries as place_queries
from booking.domain.permissions import PARENT
from booking.domain.workshops.choices import Half
from booking.foundation.db import db, transaction
from booking.people.schools.scene import Diary, Scene

TITLE = "Clay and kiln"
#: Days before today: offered, chosen by families, shared out, and put at tables.
OFFERED, CHOSEN, CLOSES, SHARED, TABLES = 13, 5, 4, 3, 2
OFFERS = (
    WorkshopDetails("The wheel", "Throw a bowl.", "Art room", 8, WorkshopTime.FIRST),
    WorkshopDetails("Slabs and tiles", "Press leaves into clay.", "Hall", 20, WorkshopTime.FIRST),
    WorkshopDetails(
        "Fire and glaze", "See the kiln opened, and paint.", "Yard", 30, WorkshopTime.SECOND
    ),
)


def put_into(scene: Scene, diary: Diary) -> None:
    """Put into the diary what the host offers, what families choose, and what comes of it."""
    diary.put(scene.day(OFFERED), lambda now: _offer(scene, now))
    diary.put(scene.day(CHOSEN), lambda now: _choose(scene, now))
    diary.put(scene.day(SHARED), lambda now: _share(scene, now))
    diary.put(scene.day(TABLES), lambda now: _put_at_tables(scene, now))


def _event() -> Event | None:
    return db.session.scalars(
        select(Event)
        .where(Event.title == TITLE, Event.state == EventState.PUBLISHED)
        .order_by(Event.first_starts_at.desc())
    ).first()


def _offer(scene: Scene, now: datetime) -> None:
    with transaction():
        if event := _event():
            host = scene.host_of(event.host_school.slug)
            for details in OFFERS:
                service.offering.offer(actor=host, now=now, event=event, details=details)
            db.session.flush()
            service.offering.open_choices(
                actor=host, now=now, event=event, closes_at=scene.day(CLOSES)
            )


def _choose(scene: Scene, now: datetime) -> None:
    """Let most families choose: most of them the wheel, where few can go."""
    dice = scene.dice("workshops")
    with transaction():
        event = _event()
        if event and workshops.choice(event.id):
            offered = workshops.workshops(event.id)
            for booking in place_queries.expected(event.id):
                first = [w.id for w in offered if HALVES[w.time][0] is Half.FIRST]
                if dice.random() < 0.2:
                    continue
                wished = first if dice.random() < 0.7 else first[::-1]
                service.choose(actor=PARENT, now=now, booking=booking, wishes={Half.FIRST: wished})


def _share(scene: Scene, now: datetime) -> None:
    with transaction():
        event = _event()
        row = workshops.choice(event.id) if event else None
        if event and row:
            _, _, digest = service.sharing.outcome(event, row)
            host = scene.host_of(event.host_school.slug)
            service.sharing.share(actor=host, now=now, event=event, seen=digest)


def _put_at_tables(scene: Scene, now: datetime) -> None:
    with transaction():
        event = _event()
        if event and not queries.groups(event.id) and place_queries.expected(event.id):
            service.propose(
                actor=scene.host_of(event.host_school.slug),
                now=now,
                event=event,
                seen=0,
                size=6,
                naming=GroupNaming.TABLES,
                with_friend=True,
            )
