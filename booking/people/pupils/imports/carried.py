"""The rows of a preview, carried by the page itself and signed; the server keeps nothing yet.

The rows come back in a hidden field. The signature is for one school, one person and two hours, so
that nothing else can be slipped in and an old page cannot undo later work.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer

from booking.people.pupils.imports.people import GivenContact
from booking.people.pupils.imports.rows import PupilRow

KEPT_FOR = timedelta(hours=2)


class ListPreviewTooOld(ValueError):
    """The rows were changed, belong to somebody else, or have waited for too long."""

    def __init__(self) -> None:
        super().__init__("This preview is no longer valid. Choose the file again.")


@dataclass(frozen=True)
class CarriedList:
    """What a yes would import, and what was said about the columns of the file."""

    rows: Sequence[PupilRow]
    columns: Mapping[str, str] = field(default_factory=dict)


def pack(found: CarriedList, *, secret: str, school_id: int, person_id: int) -> str:
    """Return the rows as signed text."""
    plain = [[_plain(row) for row in found.rows], dict(found.columns)]
    return _signer(secret, school_id, person_id).dumps(plain)


def unpack(text: str, *, secret: str, school_id: int, person_id: int) -> CarriedList:
    """Return what `pack` signed. Raises ListPreviewTooOld."""
    signer = _signer(secret, school_id, person_id)
    try:
        rows, columns = signer.loads(text, max_age=int(KEPT_FOR.total_seconds()))
    except BadSignature as error:
        raise ListPreviewTooOld from error
    return CarriedList([_row(*fields) for fields in rows], columns)


def _plain(row: PupilRow) -> list[Any]:
    """Return what a row is decided by; notes were only for the preview."""
    return [
        *(row.line, row.forename, row.surname, row.year_group),
        *(row.class_name, row.admission_number, row.is_of_one_contact, list(row.more_lines)),
        *(
            (one.name, one.email, one.phone, one.relationship, one.rank, one.forbidden_by)
            for one in row.contacts
        ),
    ]


def _row(
    line: int,
    forename: str,
    surname: str,
    year: int,
    class_name: str,
    number: str,
    is_of_one: bool,
    more_lines: list[int],
    *contacts: list[Any],
) -> PupilRow:
    given = tuple(GivenContact(*one) for one in contacts)
    return PupilRow(
        *(line, forename, surname, year, given, class_name, number, is_of_one, tuple(more_lines))
    )


def _signer(secret: str, school_id: int, person_id: int) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt=f"pupil list {school_id} {person_id}")
