"""A school's own list as a CSV file, which the import can read back unchanged."""

import csv
import io
from collections.abc import Iterable

from booking.domain import spreadsheets, year_groups
from booking.people.pupils.details import PARENTS_MAX, known_parents
from booking.people.pupils.models import Pupil

HEADER = (
    *("Forename", "Surname", "Year group"),
    *(
        f"Parent {number} {what}"
        for number in range(1, PARENTS_MAX + 1)
        for what in ("name", "e-mail", "phone")
    ),
)


def as_csv(pupils: Iterable[Pupil]) -> bytes:
    """Return the file's bytes: UTF-8 with the mark that Excel recognises it by."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for pupil in pupils:
        cells = [pupil.forename, pupil.surname, year_groups.name(pupil.year_group)]
        for parent in known_parents(pupil):
            cells += [parent.name, parent.email, parent.phone]
        cells += [""] * (len(HEADER) - len(cells))
        writer.writerow([spreadsheets.safe(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")
