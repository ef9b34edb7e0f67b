"""Who answered, as a CSV file whose cells a spreadsheet cannot run as formulas."""

from collections.abc import Iterable

from booking.domain import terms
from booking.foundation import csv_files
from booking.network.meetings import words
from booking.network.meetings.queries import Guest

HEAD = ("Name", "Roles", "Answer", "Answered")


def answers_csv(guests: Iterable[Guest]) -> bytes:
    """Return a CSV file."""
    return csv_files.as_file([HEAD, *map(_cells, guests)])


def _cells(guest: Guest) -> list[csv_files.Cell]:
    said, _tone = words.ANSWER_TAGS[guest.answer]
    at = terms.london(guest.answered_at) if guest.answered_at else None
    return [guest.person.name, words.posts(guest.person), said, at]
