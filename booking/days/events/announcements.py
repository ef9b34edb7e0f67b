"""What events announce, and in which order it is heard."""

from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum

from booking.days.events.details import EventDetails
from booking.days.events.models import Event
from booking.domain.permissions import Actor
from booking.foundation.ports import Announcement


class Heard(IntEnum):
    """Who hears of an event first. Those at one stage need nothing of each other."""

    #: Whoever runs the event is told. Of two mails about one thing only the first goes out, so
    #: somebody who also coordinates a school gets the one that is meant for hosts.
    BY_ITS_TEAM = 10
    #: Places come, go and end, and so do the bookings on them.
    BY_BOOKINGS = 20
    BY_SEASON_PLANS = 30
    #: What is still held of bookings goes back, once they have ended.
    BY_MONEY = 40
    #: Schools and families are told how things stand now.
    BY_SCHOOLS = 50


@Announcement
def published(event: Event, *, actor: Actor, now: datetime) -> None:
    """Say that an event was published: its places come into being."""


@Announcement
def changed(
    event: Event,
    *,
    actor: Actor,
    now: datetime,
    changes: Sequence[str],
    before: EventDetails,
    urgent: bool,
) -> None:
    """Say that a published event changed, in the fields that `changes` names."""


@Announcement
def cancelled(event: Event, *, actor: Actor, now: datetime) -> None:
    """Say that an event was cancelled: bookings end, money goes back, people are told."""
