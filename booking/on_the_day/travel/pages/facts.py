"""What is known about one school's visit to an event, read once for the pack and the card."""

from collections.abc import Sequence
from dataclasses import dataclass

from booking.days.events import shelf
from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.domain.booking_states import BookingState
from booking.domain.permissions import Actor
from booking.foundation import contacts
from booking.foundation.files import queries as file_queries
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.on_the_day.rosters import queries as roster_queries
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.on_the_day.travel import queries
from booking.on_the_day.travel.details import NotesDetails, SchoolArrival
from booking.on_the_day.travel.models import SeatShare, SeatState, TravelPlan
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School


@dataclass(frozen=True)
class VisitFile:
    """A file of the host's that the school may read, and its address."""

    label: str
    name: str
    url: str


@dataclass(frozen=True)
class VisitFacts:
    """One school's visit to one event, as far as it has been said."""

    event: Event
    school: School
    plan: TravelPlan | None
    arrival: SchoolArrival | None
    notes: NotesDetails
    #: The visit leader first.
    adults: Sequence[AccompanyingAdult]
    pupils: Sequence[Pupil]
    #: How many pupils' families have not answered yet.
    unanswered: int
    files: Sequence[VisitFile]
    #: Seats in another school's bus.
    seats: Sequence[SeatShare]

    @property
    def host_contact(self) -> str:
        """Whom to ring at the host's."""
        event = self.event
        told = (event.contact_name, contacts.readable_phone(event.contact_phone))
        return ", ".join(filter(None, (event.host_school.name, *told)))

    @property
    def safeguarding(self) -> str:
        """Whom to tell at the venue about a worry for a child."""
        return _with_phone(self.notes.safeguarding_name, self.notes.safeguarding_phone)

    @property
    def base(self) -> str:
        """Who stays at school and answers the telephone."""
        return _with_phone(self.plan.base_name, self.plan.base_phone) if self.plan else ""

    @property
    def school_phone(self) -> str:
        """The number that is answered at school whenever its pupils are out."""
        return contacts.readable_phone(self.school.emergency_phone or self.school.office_phone)


def facts_of(event: Event, school: School, *, actor: Actor) -> VisitFacts:
    """Return what is known; files are those that `actor` may read."""
    notes = queries.notes_of(event.id)
    bookings = place_queries.live_bookings(event.id)
    return VisitFacts(
        event=event,
        school=school,
        plan=queries.plan_of(event.id, school.id),
        arrival=queries.by_school(event.id).get(school.id),
        notes=_told(notes),
        adults=sorted(
            roster_queries.adults(event.id, school.id), key=lambda adult: not adult.leads
        ),
        pupils=[
            booking.pupil
            for booking in place_queries.expected(event.id)
            if booking.school_id == school.id
        ],
        unanswered=sum(
            booking.school_id == school.id and booking.state is BookingState.INVITED
            for booking in bookings
        ),
        files=[
            VisitFile(file.label, file.name, absolute_url(addresses.FILE(public_id=file.public_id)))
            for file in file_queries.of(shelf.of_event(event, actor=actor))
        ],
        seats=[
            share
            for share in queries.taken(event.id, school.id)
            if share.state is SeatState.CONFIRMED
        ],
    )


def _told(notes: object) -> NotesDetails:
    names = NotesDetails.__dataclass_fields__
    return NotesDetails(**{name: getattr(notes, name, "") for name in names})


def _with_phone(name: str, stored: str) -> str:
    return ", ".join(filter(None, (name, contacts.readable_phone(stored))))
