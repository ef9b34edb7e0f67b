"""A visit that "own" opened, and what "other" and an associate asked about it."""

from collections.abc import Mapping

from booking.people.schools.models import School
from tests.builders import schools, visits


def build(emails: Mapping[str, str], own: School, other: School) -> dict[str, str]:
    """Open it for associates too, and ask; return the addresses' parts."""
    visit = visits.opened(schools.person_of(emails["own"]), own, for_partners=True, room=5)
    asked = visits.ask(visit, schools.person_of(emails["other"]), other)
    return {"visit": visit.public_id, "visit_ask": asked.public_id}
