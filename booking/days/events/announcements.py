"""What events announce, and in which order subscribers hear it."""

from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum

from booking.days.events.details import EventDetails
from booking.days.events.models import Event
from booking.domain.permissions import Actor
from booking.foundation.ports import Announcement


class Heard(IntEnum):
    """Who hears first. Subscribers at the same stage do not depend on each other."""

    #: The people who run the event are told. Only the first of two mails about one thing goes out,
    #: so somebody who also coordinates a school gets the one meant for hosts.
    BY_ITS_TEAM = 10
    #: Places come and go, and bookings with them.
    BY_BOOKINGS = 20
    BY_SEASON_PLANS = 30
    #: Money still held for bookings goes back, once they have ended.
    BY_MONEY = 40
    #: Schools and families are told how things now are.
    BY_SCHOOLS = 50


@Announcement
def published(event: Event, *, actor: Actor, now: datetime) -> None:
    """Announce that an event was published: its places come into being."""


@Announcement
def discarded(event: Event, *, actor: Actor, now: datetime) -> None:
    """Announce that a draft is about to be deleted: whatever refers to it lets go."""


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
    """Announce that a published event changed, in the fields that `changes` names."""


@Announcement
def cancelled(event: Event, *, actor: Actor, now: datetime) -> None:
    """Announce that an event was cancelled: bookings end, money goes back, people are told."""


@Announcement
def cloned(event: Event, *, of: Event, actor: Actor, now: datetime) -> None:
    """Announce that an event was repeated: `event` is the new draft, `of` what it was made from."""
