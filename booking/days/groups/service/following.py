"""What groups and workshops do when a place ends, and when an event is repeated."""

from datetime import datetime

from booking.days.events.models import Event
from booking.days.groups import queries
from booking.days.groups.models import EventGroup, GroupMember, Workshop
from booking.days.groups.queries import workshops
from booking.days.places.models import Booking
from booking.domain.permissions import Actor
from booking.foundation.db import db


def forget(booking: Booking, *, actor: Actor, now: datetime) -> None:
    """Take a pupil whose place has ended out of the group and the workshops."""
    member = db.session.get(GroupMember, booking.id)
    if member is not None:
        db.session.delete(member)
    for spot in workshops.spots_of(booking.id):
        db.session.delete(spot)


def copy_to(event: Event, *, of: Event, actor: Actor, now: datetime) -> None:
    """Give an event that repeats another its workshops and groups, with nobody in them."""
    for group in queries.groups(of.id):
        db.session.add(EventGroup(event_id=event.id, position=group.position, name=group.name))
    for workshop in workshops.workshops(of.id):
        db.session.add(
            Workshop(
                event_id=event.id,
                title=workshop.title,
                line=workshop.line,
                room=workshop.room,
                places=workshop.places,
                time=workshop.time,
            )
        )
