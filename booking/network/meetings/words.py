"""Meetings in words: where, when and for whom, and people's answers."""

from collections.abc import Mapping
from datetime import datetime

from booking.domain import terms
from booking.domain.permissions import ROLE_WORDS
from booking.network.meetings.models import Answer, Meeting, MeetingKind
from booking.people.schools.models import Person, School

KIND_NAMES = {
    MeetingKind.COORDINATORS: "Coordinators’ meeting",
    MeetingKind.TRAINING: "Training session (CPD)",
    MeetingKind.OTHER: "Other meeting",
}
#: What a list shows for somebody's answer, with its tone; None if there is no answer yet.
ANSWER_TAGS = {
    Answer.COMING: ("Coming", "good"),
    Answer.NOT_COMING: ("Cannot come", "neutral"),
    None: ("Not answered", "warn"),
}
ONLINE = "Online"


def when(meeting: Meeting) -> str:
    """Return "Friday 12 June 2026, 4pm to 5:30pm"."""
    return terms.span_text(meeting.starts_at, meeting.ends_at)


def where(meeting: Meeting) -> str:
    """Return the place: the venue if given, or the host school's address, or "Online"."""
    if meeting.venue:
        return meeting.venue
    return address(meeting.host_school) if meeting.host_school else ONLINE


def where_in_short(meeting: Meeting) -> str:
    """Return the place for a list: the venue if given, or the school's name, or "Online"."""
    if meeting.venue:
        return meeting.venue
    return meeting.host_school.name if meeting.host_school else ONLINE


def address(school: School) -> str:
    """Return a school's name and address on one line."""
    town = f"{school.town} {school.postcode}".strip()
    return ", ".join(part for part in (school.name, school.address, town) if part)


def status(
    meeting: Meeting, standings: Mapping[int, Answer | None], *, now: datetime
) -> tuple[str, str] | None:
    """Return what a list says about a meeting to one person, with its tone, or None.

    `standings` are the answers to the meetings that person is invited to.
    """
    if meeting.cancelled_at is not None:
        return ("Cancelled", "bad")
    if meeting.ends_at <= now:
        return ("Minutes available", "good") if meeting.minutes_at else None
    return ANSWER_TAGS[standings[meeting.id]] if meeting.id in standings else None


def posts(person: Person) -> str:
    """Return somebody's roles in the network: "Coordinator, Ashdale School; Treasurer"."""
    names = [
        f"{ROLE_WORDS[grant.role]}, {grant.school.name}" if grant.school else ROLE_WORDS[grant.role]
        for grant in person.grants
    ]
    return "; ".join(sorted(names))
