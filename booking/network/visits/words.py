"""Visits in words: when, how they stand, and who comes from where."""

from datetime import datetime, timedelta

from booking.domain import terms, visits
from booking.domain.english import plural
from booking.domain.visits import VisitKind, VisitState
from booking.network.visits.models import StaffVisit, VisitAsk
from booking.people.schools import words as school_words
from booking.people.schools.models import Person, School

NAME_NO_PUPIL = "Name no pupil, not even by a forename."
KINDS = {
    VisitKind.LESSON: "A lesson",
    VisitKind.PRACTICE: "A practice, such as a club, a duty or a meeting",
    VisitKind.WEEK: "A week beside somebody",
}
SHORT_KINDS = {
    VisitKind.LESSON: "Lesson",
    VisitKind.PRACTICE: "Practice",
    VisitKind.WEEK: "Shadowing",
}
#: The words and the tone of a tag.
VISIT_TAGS = {
    VisitState.OPENED: ("Open", "info"),
    VisitState.CANCELLED: ("Cancelled", "bad"),
    VisitState.TOOK_PLACE: ("Over", "neutral"),
}
ASK_TAGS = {
    VisitState.ASKED: ("Asked", "warn"),
    VisitState.AGREED: ("Agreed", "good"),
    VisitState.TURNED_DOWN: ("Turned down", "neutral"),
    VisitState.WITHDRAWN: ("Withdrawn", "neutral"),
    VisitState.CANCELLED: ("Cancelled", "bad"),
    VisitState.TOOK_PLACE: ("Took place", "good"),
}
LATE = ("Not answered in time", "neutral")
COLLEAGUE = "A colleague"
_DAY = timedelta(days=1)


def when(visit: StaffVisit) -> str:
    """Return "Friday 12 June 2026, 9am to 10am", or the first and the last day."""
    if not visit.whole_days:
        return terms.span_text(visit.starts_at, visit.ends_at)
    first = terms.london(visit.starts_at).date()
    last = terms.london(visit.ends_at).date() - _DAY
    return " to ".join(terms.day_text(on) for on in sorted({first, last}))


def visit_tag(visit: StaffVisit, now: datetime) -> tuple[str, str]:
    """Return how a visit stands, as a tag."""
    return VISIT_TAGS[visits.standing(visit.state, ends_at=visit.ends_at, now=now)]


def ask_tag(ask: VisitAsk, now: datetime) -> tuple[str, str]:
    """Return how a colleague's part stands, as a tag."""
    stands = visits.standing(ask.state, ends_at=ask.visit.ends_at, now=now)
    is_late = stands is VisitState.ASKED and ask.visit.ends_at <= now
    return LATE if is_late else ASK_TAGS[stands]


def places(visit: StaffVisit, agreed: int) -> str:
    """Return how many more can come."""
    left = visit.room - agreed
    return f"{plural(left, 'place')} left of {visit.room}" if left > 0 else "Full"


def visitor(ask: VisitAsk) -> str:
    """Return who asks, and from where; once they have left, the school alone."""
    return who(ask.visitor, ask.school)


def opener(visit: StaffVisit) -> str:
    """Return who opened a visit, while they are there."""
    person = visit.opened_by
    there = person is not None and school_words.is_still_there(person, visit.school)
    return person.name if there and person is not None else ""


def who(person: Person, school: School | None) -> str:
    """Return a name with a school or an institution."""
    name = person.name if school_words.is_still_there(person, school) else COLLEAGUE
    outside = next((grant.institution for grant in person.grants if grant.institution), "")
    return ", ".join(each for each in (name, school.name if school else outside) if each)
