"""A school's own list as a CSV file, which the import can read back unchanged."""

from collections.abc import Iterable

from booking.domain import year_groups
from booking.foundation import csv_files
from booking.people.pupils.details import PARENTS_MAX, known_parents
from booking.people.pupils.models import Pupil

HEADER = (
    *("Forename", "Surname", "Year group", "Class"),
    *(
        f"Parent {number} {what}"
        for number in range(1, PARENTS_MAX + 1)
        for what in ("name", "e-mail", "phone")
    ),
)


def as_csv(pupils: Iterable[Pupil]) -> bytes:
    """Return the file's bytes."""
    return csv_files.as_file([HEADER, *map(_cells, pupils)])


def _cells(pupil: Pupil) -> list[str]:
    cells = [pupil.forename, pupil.surname, year_groups.name(pupil.year_group)]
    cells.append(pupil.class_name)
    for parent in known_parents(pupil):
        cells += [parent.name, parent.email, parent.phone]
    return cells + [""] * (len(HEADER) - len(cells))
