"""Whom a family reaches that answers a mail of ours, instead of pressing its button."""

from booking.days.places.models import Booking
from booking.foundation.audit import queries as audit_queries
from booking.people.schools import queries as school_queries

#: What the audit trail calls giving a pupil a place.
NAMED = ("invite_pupil",)


def answers_to(booking: Booking) -> str:
    """Return the coordinator who named the pupil, or another of the pupil's own school.

    Never another parent, and "" if the school has no coordinator.
    """
    coordinators = {person.id: person for person in school_queries.coordinators(booking.school_id)}
    entries = audit_queries.latest_about(booking, actions=NAMED) if coordinators else []
    named_by = [coordinators[one.person_id] for one in entries if one.person_id in coordinators]
    return school_queries.mailbox_of([*named_by, *coordinators.values()])
