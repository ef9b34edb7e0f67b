"""How the schools of an event come, for its host."""

from collections.abc import Sequence
from dataclasses import dataclass

from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.on_the_day.rosters import queries as roster_queries
from booking.on_the_day.travel import queries, words
from booking.people.schools import queries as school_queries


@dataclass(frozen=True)
class ArrivalLine:
    """How one school comes, and with whom."""

    school: str
    how: str
    arrives: str
    adults: str


def arrivals(event: Event) -> Sequence[ArrivalLine]:
    """Return a line for each school that holds places, by name; the host's own is there already."""
    said = queries.by_school(event.id)
    adults = roster_queries.adults(event.id)
    coming = tuple(sorted(place_queries.held(event.id)))
    return [
        ArrivalLine(
            school=school.name,
            how=said[school.id].how if school.id in said else "",
            arrives=words.at(said[school.id].arrives) if school.id in said else "",
            adults=", ".join(adult.name for adult in adults if adult.school_id == school.id),
        )
        for school in school_queries.schools_by_id(coming)
        if school.id != event.host_school_id or school.id in said
    ]
