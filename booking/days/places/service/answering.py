"""Whom a family reaches that answers a mail of ours, instead of pressing its button."""

from booking.days.places.models import Booking
from booking.foundation.audit import queries as audit_queries
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person

#: What the audit trail calls giving a pupil a place.
NAMED = ("invite_pupil",)


def answers_to(booking: Booking) -> str:
    """Return the mailbox of whoever answers; never another parent's, and "" if there is nobody."""
    return school_queries.mailbox_of(who_answer(booking))


def who_answer(booking: Booking) -> list[Person]:
    """Return the coordinator who named the pupil, then the others of the pupil's own school."""
    coordinators = {person.id: person for person in school_queries.coordinators(booking.school_id)}
    entries = audit_queries.latest_about(booking, actions=NAMED) if coordinators else []
    named_by = [coordinators[one.person_id] for one in entries if one.person_id in coordinators]
    return [*named_by, *coordinators.values()]
