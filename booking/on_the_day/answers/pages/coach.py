"""The list for whoever travels with a school's pupils: who comes, alerts, way home, whom to ring.

It is the home school's own, so unlike the host's roster it has the family's number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.days.events.models import Event
from booking.days.groups import pages as group_pages
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.days.questions import pages as question_pages
from booking.days.questions.pages import AnswerColumn
from booking.domain import year_groups
from booking.domain.terms import day_text, london
from booking.foundation import contacts
from booking.on_the_day.answers import queries
from booking.on_the_day.answers.queries import EmergencyContact
from booking.on_the_day.rosters import queries as roster_queries
from booking.on_the_day.rosters import windows
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.on_the_day.rosters.pages import rows as roster_rows
from booking.on_the_day.rosters.queries import DayNeeds
from booking.on_the_day.travel import queries as travel_queries
from booking.on_the_day.travel import words as travel_words
from booking.people.schools.models import School

ALERT = "Life-safety alert"


@dataclass(frozen=True)
class CoachList:
    """One school's pupils at one event, as far as the list is open now."""

    event: Event
    school: School
    made_at: datetime
    adults: Sequence[AccompanyingAdult]
    #: How they travel and whom to ring at school, in sentences; empty while nobody has said.
    way: str
    shows_health: bool
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    #: What the last cell of each row rings (E.164); empty if the family has not answered.
    phones: Sequence[str]
    #: How many have an alert, while alerts are shown.
    alerts: int

    @property
    def days(self) -> windows.Days:
        """The first and last day, and the windows around them."""
        return windows.days_of(self.event)

    @property
    def closed(self) -> list[str]:
        """Why alerts are not on it, so that nobody reads a missing column as "none"."""
        if self.shows_health:
            return []
        if london(self.made_at).date() > self.days.until:
            return ["Life-safety alerts are no longer shown: the event is over."]
        return [f"Life-safety alerts are shown from {day_text(self.days.health_from)}."]

    @property
    def kept_until(self) -> float | None:
        """Until when a phone keeps the list, in milliseconds; None if it is not to keep it."""
        until = windows.kept_until(self.event.dates, self.made_at)
        return until.timestamp() * 1000 if until else None

    @property
    def host_contact(self) -> str:
        """Whom to ring at the host's."""
        event = self.event
        told = (event.contact_name, contacts.readable_phone(event.contact_phone))
        return ", ".join(filter(None, (event.host_school.name, *told)))


def coach_list(event: Event, school: School, now: datetime) -> CoachList:
    """Return the list; alerts are on it in the window of the day's staff."""
    shows_health = windows.days_of(event).health_is_open(now)
    told = roster_queries.day_needs(
        event.id, needs=True, health=shows_health, of=Booking.school_id == school.id
    )
    numbers = queries.contacts(event.id, school.id)
    asked = question_pages.columns_for_school(event.id, school.id)
    together = group_pages.together(event.id)
    found = [
        (booking, told.get(booking.id, roster_rows.NOTHING_SAID), numbers.get(booking.id))
        for booking in place_queries.expected(event.id)
        if booking.school_id == school.id
    ]
    alert = [ALERT] if shows_health else []
    return CoachList(
        event=event,
        school=school,
        made_at=now,
        adults=roster_queries.adults(event.id, school.id),
        way=travel_words.way(travel_queries.by_school(event.id).get(school.id)),
        shows_health=shows_health,
        head=[
            "Pupil",
            "Year group",
            *alert,
            "Food",
            "Access",
            *(column.heading for column in asked),
            *(heading for heading, _ in together),
            "Way home",
            "In an emergency ring",
        ],
        rows=[_row(*one, asked, together, shows_health=shows_health) for one in found],
        phones=[contact.phone if contact else "" for _, _, contact in found],
        alerts=sum(bool(needs.health) for _, needs, _ in found),
    )


def _row(
    booking: Booking,
    needs: DayNeeds,
    contact: EmergencyContact | None,
    asked: Sequence[AnswerColumn],
    together: Sequence[tuple[str, Mapping[int, str]]],
    *,
    shows_health: bool,
) -> list[str]:
    number = f"{contact.name}, {contacts.readable_phone(contact.phone)}" if contact else ""
    return [
        booking.pupil.name.strip(),
        year_groups.name(booking.pupil.year_group),
        *([needs.health] if shows_health else []),
        roster_rows.food(needs.diets, needs.diet_note),
        needs.access,
        *(column.cell(booking) for column in asked),
        *(names.get(booking.id, "") for _, names in together),
        roster_rows.way_home(needs.collection, needs.collected_by),
        number or "Not answered yet: ask the school’s office",
    ]
