"""Who answered, as a CSV file in which no cell runs."""

import csv
import io
from collections.abc import Iterable

from booking.domain import spreadsheets, terms
from booking.network.meetings import words
from booking.network.meetings.queries import Guest

HEAD = ("Name", "Posts", "Answer", "Answered")


def answers_csv(guests: Iterable[Guest]) -> bytes:
    """Return a CSV file: UTF-8 with the mark by which Excel knows it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEAD)
    for guest in guests:
        at = terms.london(guest.answered_at).strftime("%Y-%m-%d %H:%M") if guest.answered_at else ""
        said, _tone = words.ANSWER_TAGS[guest.answer]
        cells = (guest.person.name, words.posts(guest.person), said, at)
        writer.writerow(map(spreadsheets.safe, cells))
    return text.getvalue().encode("utf-8-sig")
