"""Pupils with their parents, added by the service."""

from collections.abc import Sequence

from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.people.pupils import service as pupils
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School
from tests.builders import schools
from tests.builders.past import Numbers
from tests.builders.rewritten import rewritten

_numbers = Numbers()


@rewritten
def make_pupil(
    *,
    school: School,
    forename: str = "",
    surname: str = "Pupil",
    year_group: int = 5,
    parent_name: str = "",
    parent_email: str = "",
    parent_phone: str = "",
    parents: Sequence[pupils.ParentDetails] | None = None,
    class_name: str = "",
) -> Pupil:
    """Add a pupil, numbered if no name is given, with one parent unless `parents` are given."""
    number = next(_numbers)
    if parents is None:
        email = parent_email or f"parent{number}@parents.example"
        name = parent_name or f"Parent Number{number}"
        parents = [pupils.ParentDetails(name, email, parent_phone)]
    with transaction():
        return pupils.add_pupil(
            actor=COMMAND,
            now=clock.now(),
            school=school,
            forename=forename or f"Pupil{number}",
            surname=surname,
            year_group=year_group,
            parents=parents,
            class_name=class_name,
        )


@rewritten
def make_four_schools_of_four() -> None:
    """Make four schools of different rolls, each with three pupils in Year 5 and one in Year 6."""
    for letter, roll in (("A", 120), ("B", 60), ("C", 210), ("D", 420)):
        school = schools.make_school(name=f"School {letter}", roll=roll)
        for year in (5, 5, 6, 5):
            make_pupil(school=school, year_group=year)
    schools.make_terms()
