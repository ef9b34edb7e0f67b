"""Where higher features add to a school's pages without places knowing about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, false

from booking.days.events import ports as event_ports
from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.foundation.ports import Port, Socket
from booking.people.pupils.models import Parent
from booking.people.schools.details import SchoolLine
from booking.people.schools.models import School


@dataclass(frozen=True)
class SchoolPanel:
    """A piece of the page: its template sees `event`, `school` and `panel.facts`."""

    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    #: "outcome" (below what the school asked for and holds) or "aside".
    where: str = "outcome"


@dataclass(frozen=True)
class MailNote:
    """What mail did not reach a pupil's family: a tag with its tone, and whom it was for."""

    tag: str
    tone: str
    said: str
    #: Whether a mail server refused the address, so that it must be corrected.
    is_refused: bool


@Port
def panels(event: Event, *, school: School, now: datetime) -> SchoolPanel | None:
    """Return a piece of a school's page about an event."""


@Port
def home_panels(*, school: SchoolLine, now: datetime) -> event_ports.Panel | None:
    """Return a piece of the coordinator's home page."""


@Socket
def answered() -> ColumnElement[bool]:
    """Return the condition that a booking's parent has answered, so that only a charge is open."""
    return false()


@Socket
def asked_again() -> ColumnElement[bool]:
    """Return the condition that consent is asked for again, because the event has moved."""
    return false()


@Socket
def mail_notes(event: Event, *, school_id: int, now: datetime) -> Mapping[int, MailNote]:
    """Return, by booking, what mail about it has not reached a school's families."""
    return {}


@Socket
def planned() -> ColumnElement[bool]:
    """Return the condition that an event's places are shared together with other events'."""
    return false()


@Socket
def named_longer() -> ColumnElement[bool]:
    """Return the condition that a booking keeps its name: the record of an incident is kept."""
    return false()


@Socket
def held() -> ColumnElement[bool]:
    """Return the condition that what is known of a booking is kept: an incident of it is open."""
    return false()


@Socket
def ways_to_pay(asked: Sequence[tuple[Booking, Parent]], *, now: datetime) -> list[str]:
    """Return how each parent pays for a place by bank transfer, in a sentence; "" if not so."""
    return ["" for _ in asked]
