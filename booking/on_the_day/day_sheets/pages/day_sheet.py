"""The day sheet: what whoever is in charge of a date needs on one page."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.days.events import labels as event_labels
from booking.days.events.models import Event, EventDate
from booking.days.groups import queries as group_queries
from booking.days.groups import words as group_words
from booking.days.groups.queries import workshops
from booking.days.leading import details as leading_details
from booking.days.leading import queries as leading_queries
from booking.days.leading import words as leading_words
from booking.days.places import queries as place_queries
from booking.domain import english
from booking.domain.permissions import Actor
from booking.foundation import contacts
from booking.on_the_day.rosters import printing as roster_printing
from booking.on_the_day.rosters.pages import roster
from booking.on_the_day.rosters.pages.columns import NEEDS
from booking.on_the_day.rosters.pages.roster import Roster
from booking.on_the_day.travel import queries as travel_queries
from booking.on_the_day.travel import words as travel_words
from booking.people.schools import queries as school_queries

#: What is written by hand where nobody has said it.
BLANK = ""


@dataclass(frozen=True)
class DaySheet:
    """One date of an event, as far as one person may see it now."""

    event: Event
    day: EventDate
    roster: Roster
    #: Who is in charge and who leads, each with what they do; empty where it is to be written.
    people: Sequence[tuple[str, str]]
    #: How and when each school arrives, by its name; as far as they have said.
    arrivals: Mapping[str, str]
    #: Groups, and what is where in which part of the day, with how many pupils.
    places: Sequence[tuple[str, str]]

    @property
    def made_at(self) -> datetime:
        """When it was made."""
        return self.roster.made_at

    @property
    def adults(self) -> int:
        """How many adults come with the pupils."""
        return sum(len(school.adults) for school in self.roster.schools)

    @property
    def alerts(self) -> list[tuple[str, str]]:
        """Whose health has to be known and what it is; nothing while that is closed."""
        if not self.roster.shows_health:
            return []
        return [
            (", ".join(filter(None, (row.name, row.school, row.group))), row.health)
            for row in self.roster.rows
            if row.health
        ]

    @property
    def totals(self) -> list[tuple[str, str]]:
        """How many eat and need what, without a name; nothing while that is closed."""
        if NEEDS not in self.roster.open_parts:
            return []
        rows = self.roster.rows
        food = _counted(part for row in rows for part in row.diet.split(", ") if part)
        return [
            ("Food", food or "nobody has told us of anything"),
            ("Access", _counted(row.access for row in rows if row.access) or "nothing asked for"),
        ]

    @property
    def closed(self) -> list[str]:
        """What is not on it, and from when it is, so that nobody reads it as “none”."""
        return roster_printing.closed_words(self.roster)


def day_sheet(event: Event, day: EventDate, *, actor: Actor, now: datetime) -> DaySheet:
    """Return the day sheet of one date, as far as `actor` may see it now."""
    return DaySheet(
        event,
        day,
        roster.of(event, actor=actor, now=now),
        people=_people(event),
        arrivals=_arrivals(event),
        places=_places(event),
    )


def _people(event: Event) -> list[tuple[str, str]]:
    in_charge = (event.contact_name, contacts.readable_phone(event.contact_phone))
    notes = travel_queries.notes_of(event.id)
    helpers = [grant.person.name for grant in school_queries.day_staff(event.id)]
    return [
        ("In charge", ", ".join(filter(None, in_charge))),
        ("First aid", notes.first_aid if notes else BLANK),
        ("Safeguarding lead", safeguarding_lead(event)),
        (event_labels.of("led_by"), _led_by(event)),
        *([("Day staff", english.listed(helpers))] if helpers else []),
    ]


def safeguarding_lead(event: Event) -> str:
    """Return whom the host has named, for this event or always, with a number; or nothing."""
    notes = travel_queries.notes_of(event.id)
    named = notes if notes is not None and notes.safeguarding_name else event.host_school
    number = contacts.readable_phone(named.safeguarding_phone)
    return ", ".join(filter(None, (named.safeguarding_name, number)))


def _arrivals(event: Event) -> Mapping[str, str]:
    found = travel_queries.by_school(event.id)
    return {
        booking.school.name: travel_words.arriving(found[booking.school_id])
        for booking in place_queries.expected(event.id)
        if booking.school_id in found
    }


def _led_by(event: Event) -> str:
    found = leading_queries.of_event(event.id)
    if found is None:
        return event.led_by
    said = leading_words.led_by(
        leading_details.details_of(found),
        host=event.host_school.name,
        school=found.school.name if found.school else "",
    )
    return ", ".join(filter(None, (said, found.contact)))


def _places(event: Event) -> list[tuple[str, str]]:
    names = Counter(group_queries.names_by_booking(event.id).values())
    groups = [f"{one.name} {names[one.name]}" for one in group_queries.groups(event.id)]
    found = [("Groups", ", ".join(groups))] if groups else []
    taken = workshops.taken_by_workshop(event.id)
    for workshop in workshops.workshops(event.id):
        where = f", {workshop.room}" if workshop.room else ""
        said = f"{workshop.title}{where}: {english.plural(taken[workshop.id], 'pupil')}"
        found.append((group_words.TIME_WORDS[workshop.time], said))
    return found


def _counted(words: Iterable[str]) -> str:
    """Return “Halal 3, No nuts 1”, the most frequent first."""
    return ", ".join(f"{word} {count}" for word, count in Counter(words).most_common())
