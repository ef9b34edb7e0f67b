"""What the home school reads of its own pupils: how they arrived and left, with the code to use."""

from datetime import datetime

from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.domain.terms import london
from booking.on_the_day.rosters import queries, words
from booking.on_the_day.rosters.models import RegisterMark
from booking.people.schools.models import School


def mark_words(mark: RegisterMark | None, *, codes: bool = False) -> str:
    """Return a mark in words with its time: "Here 8:52", "Late 9:20, left early 14:05 with …"."""
    told = []
    if mark and mark.arrival and mark.arrival_at:
        suggested = f": code {words.VISIT_CODE}" if codes and mark.present else ""
        told.append(f"{words.ARRIVALS[mark.arrival]} {_time(mark.arrival_at)}{suggested}")
    if mark and mark.departure and mark.departure_at:
        whom = f" with {mark.left_with}" if mark.left_with else ""
        left = f"{words.DEPARTURES[mark.departure]} {_time(mark.departure_at)}{whom}"
        told.append(left[0].lower() + left[1:] if told else left)
    return ", ".join(told) or words.EXPECTED


def _time(at: datetime) -> str:
    return f"{london(at):%-H:%M}"


def attendance(event: Event, school: School, now: datetime) -> tuple[list[str], list[list[str]]]:
    """Return the head and rows of a school's attendance so far, with the code for its own
    register; there are no rows before the first morning.
    """
    days = [day for day in event.dates if london(day.starts_at).date() <= london(now).date()]
    if not days:
        return [], []
    marks = queries.marks_of_school(event.id, school.id)
    head = ["Pupil", *(f"{london(day.starts_at):%-d %B}" for day in days)]
    rows = [
        [
            booking.pupil.name,
            *(mark_words(marks.get((booking.id, day.id)), codes=True) for day in days),
        ]
        for booking in place_queries.expected(event.id)
        if booking.school_id == school.id
    ]
    return head, rows
