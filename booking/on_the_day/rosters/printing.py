"""A roster on paper: A4 landscape, with a box to tick for each pupil and date."""

from typing import Any

from booking.days.events import labels as event_labels
from booking.days.events import words as event_words
from booking.domain import english, terms
from booking.domain.terms import london
from booking.foundation import contacts
from booking.foundation.web import lettering, paper
from booking.on_the_day.rosters.pages.roster import Roster

#: More boxes than this would not fit beside the columns.
DATE_BOXES_MAX = 6
#: How wide each column is on paper, as a share, by its heading.
_SHARES = {"Year group": 1.4, "Life-safety alert": 5, "Food": 2.2, "Access": 2.4, "Way home": 3.4}
_SHARE = 3


def as_pdf(roster: Roster) -> bytes:
    """Return the roster as a PDF file."""
    return paper.as_pdf("roster", _shown(roster), made_at=roster.made_at, rows=len(roster.rows))


def in_latin(roster: Roster) -> tuple[str, ...]:
    """Return the texts that the PDF would have in Latin letters only."""
    return lettering.in_latin(_shown(roster))


def _shown(roster: Roster) -> dict[str, Any]:
    event, days = roster.event, roster.days
    columns = roster.pupil_columns
    return {
        "title": event.title,
        "hosted_by": event_labels.of("host_school_id"),
        "host": event.host_school.name,
        "venue": event.venue,
        "dates": event_words.dates(event),
        "boxes": [] if roster.only_extras else _boxes(roster),
        "made": terms.in_sentence(roster.made_at),
        "destroy_after": terms.day_text(days.destroy_after),
        "closed": [] if roster.only_extras else closed_words(roster),
        "total": len(roster.rows),
        "pupils": english.agree(len(roster.rows), "pupil", "pupils"),
        "alerts": sum(bool(row.health) for row in roster.rows) if roster.shows_health else 0,
        "head": [column.heading for column in columns],
        "shares": [_SHARES.get(column.heading, _SHARE) for column in columns],
        "by_group": roster.by_group,
        "schools": [
            {
                "name": school.name,
                "adults": [
                    f"{adult.name} {contacts.readable_phone(adult.mobile)}"
                    for adult in school.adults
                ],
                "emergency": contacts.readable_phone(school.emergency_phone),
                "rows": [[column.cell(row) for column in columns] for row in school.rows],
            }
            for school in roster.schools
        ],
    }


def _boxes(roster: Roster) -> list[str]:
    """Return a heading for each date's box, or a single box if there are too many dates."""
    days = [f"{london(day.starts_at):%-d %b}" for day in roster.event.dates]
    return days if len(days) <= DATE_BOXES_MAX else ["Here"]


def closed_words(roster: Roster) -> list[str]:
    """Return which parts are closed and when they open, so that nobody reads a missing column
    as "none"."""
    days, today = roster.days, london(roster.made_at).date()
    if today > days.until:
        return ["Health, food and access are no longer shown: the event is over."]
    words = []
    if not roster.may_see_health:
        words.append("Only the host and the day staff can see life-safety alerts.")
        words.append("Only the host and the day staff can see food and access needs.")
    elif today < days.health_from:
        words.append(f"Life-safety alerts are shown from {terms.day_text(days.health_from)}.")
    if roster.may_see_health and today < days.needs_from:
        words.append(f"Food and access needs are shown from {terms.day_text(days.needs_from)}.")
    return words
