"""Whom to ring first about a pupil and, once opened, the family's own number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.days.places.models import Booking
from booking.domain.booking_states import EXPECTED
from booking.domain.permissions import Actor
from booking.on_the_day.answers import queries
from booking.on_the_day.answers.queries import OPEN_FOR, EmergencyContact
from booking.on_the_day.rosters import queries as roster_queries
from booking.on_the_day.rosters import windows
from booking.on_the_day.rosters.models import AccompanyingAdult


@dataclass(frozen=True)
class ContactPage:
    """Who can be rung about one pupil, in this order."""

    adults: Sequence[AccompanyingAdult]
    school_phone: str
    #: Whether the family's number may be opened now.
    may_open: bool
    #: Until when it is shown to this person; None while it is not.
    open_until: datetime | None
    contact: EmergencyContact | None


def contact_page(booking: Booking, *, actor: Actor, now: datetime) -> ContactPage:
    """Return the page for one person; the number is not even read before it is opened."""
    school = booking.school
    may_open = booking.state in EXPECTED and windows.is_on(booking.event, now)
    opening = queries.open_contact(booking.id, actor.person_id or 0, now=now) if may_open else None
    found = queries.contacts(booking.event_id, booking.school_id) if opening else {}
    return ContactPage(
        adults=roster_queries.adults(booking.event_id, booking.school_id),
        school_phone=school.emergency_phone or school.office_phone,
        may_open=may_open,
        open_until=opening.opened_at + OPEN_FOR if opening else None,
        contact=found.get(booking.id),
    )
