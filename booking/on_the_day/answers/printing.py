"""The list for the coach on paper: boxes to tick for the way out and the way back."""

from typing import Any

from booking.days.events import labels as event_labels
from booking.days.events import words as event_words
from booking.domain import english, terms
from booking.foundation import contacts
from booking.foundation.web import paper
from booking.on_the_day.answers.pages import CoachList

BOXES = ("Out", "Back")
#: How wide each column is on paper, as a share, by its heading.
_SHARES = {"Year group": 1.4, "Life-safety alert": 5, "Food": 2.2, "Access": 2.4}
_SHARE = 3


def as_pdf(seen: CoachList) -> bytes:
    """Return the list as a PDF file."""
    return paper.as_pdf("roster", _shown(seen), made_at=seen.made_at, rows=len(seen.rows))


def _host(seen: CoachList) -> str:
    return f"At the host’s: {seen.host_contact}."


def _shown(seen: CoachList) -> dict[str, Any]:
    event, school, count = seen.event, seen.school, len(seen.rows)
    return {
        "title": event.title,
        "hosted_by": event_labels.of("host_school_id"),
        "host": event.host_school.name,
        "venue": event.venue,
        "dates": event_words.dates(event),
        "boxes": list(BOXES),
        "made": terms.in_sentence(seen.made_at),
        "destroy_after": terms.day_text(seen.days.destroy_after),
        "closed": [*seen.closed, " ".join(filter(None, (_host(seen), seen.way)))],
        "total": count,
        "pupils": english.agree(count, "pupil", "pupils"),
        "totals": english.plural(seen.alerts, "alert") if seen.alerts else "",
        "head": list(seen.head),
        "shares": [_SHARES.get(heading, _SHARE) for heading in seen.head],
        "schools": [
            {
                "name": school.name,
                "adults": [
                    f"{adult.name} {contacts.readable_phone(adult.mobile)}" for adult in seen.adults
                ],
                "emergency": contacts.readable_phone(school.emergency_phone or school.office_phone),
                "rows": [list(row) for row in seen.rows],
            }
        ],
    }
