"""A roster on paper: A4 landscape, with a box to tick for each pupil and date."""

from typing import Any

from booking.days.events import labels as event_labels
from booking.days.events import words as event_words
from booking.domain import english, terms
from booking.domain.terms import london
from booking.foundation import contacts
from booking.foundation.web import lettering, paper
from booking.on_the_day.rosters.pages.choice import ADULTS, RosterOrder
from booking.on_the_day.rosters.pages.columns import EMERGENCY
from booking.on_the_day.rosters.pages.roster import Roster

#: More boxes than this would not fit beside the columns.
DATE_BOXES_MAX = 6
#: How wide each column is on paper, as a share, by its heading.
_SHARES = {"Year group": 1.4, "Life-safety alert": 5, "Food": 2.2, "Access": 2.4, "Way home": 3.4}
_SHARE = 3


def as_pdf(roster: Roster) -> bytes:
    """Return the roster as a PDF file."""
    return paper.as_pdf("roster", _shown(roster), made_at=roster.made_at, rows=len(roster.rows))


def for_kitchen(roster: Roster) -> bytes:
    """Return the page for the kitchen alone, as a PDF file: numbers, and nobody's name."""
    return paper.as_pdf("kitchen", _heading(roster), made_at=roster.made_at)


def in_latin(roster: Roster) -> tuple[str, ...]:
    """Return the texts that the PDF would have in Latin letters only."""
    return lettering.in_latin(_shown(roster))


def _heading(roster: Roster) -> dict[str, Any]:
    """Return what both papers say of the event, and the kitchen's numbers."""
    event, kitchen = roster.event, None if roster.only_extras else roster.totals.kitchen
    return {
        "title": event.title,
        "hosted_by": event_labels.of("host_school_id"),
        "host": event.host_school.name,
        "venue": event.venue,
        "dates": event_words.dates(event),
        "made": terms.in_sentence(roster.made_at),
        "destroy_after": terms.day_text(roster.days.destroy_after),
        "closed": [] if roster.only_extras else notices(roster),
        "kitchen": kitchen and {"codes": kitchen.codes, "meals": kitchen.meals},
        "expected": english.plural(len(roster.rows), "pupil"),
    }


def _shown(roster: Roster) -> dict[str, Any]:
    columns, shown = roster.pupil_columns, roster.headings
    lines = sum(len(part.rows) for part in roster.schools)
    places = ("place in a workshop", "places in workshops")
    one, many = places if roster.choice.order is RosterOrder.WORKSHOP else ("pupil", "pupils")
    return {
        **_heading(roster),
        "led_by_label": event_labels.of("led_by"),
        "led_by": roster.event.led_by,
        "leaders": roster.leaders,
        "boxes": [] if roster.only_extras else _boxes(roster),
        "total": lines,
        "pupils": english.agree(lines, one, many),
        "totals": roster.totals.words,
        "head": [column.heading for column in columns],
        "shares": [_SHARES.get(column.heading, _SHARE) for column in columns],
        "order": roster.choice.order,
        "says_adults": roster.by_school and ADULTS in shown,
        "says_emergency": roster.by_school and EMERGENCY in shown,
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


def _left_out(roster: Roster) -> list[str]:
    """Return which open columns somebody did not tick, so that nobody reads them as "none"."""
    left = roster.left_out
    return [f"Left out by choice: {english.listed(left)}."] if left else []


def _boxes(roster: Roster) -> list[str]:
    """Return a heading for each date's box, or a single box if there are too many dates."""
    days = [f"{london(day.starts_at):%-d %b}" for day in roster.event.dates]
    return days if len(days) <= DATE_BOXES_MAX else ["Here"]


def notices(roster: Roster) -> list[str]:
    """Return what the page says of parts that are closed, or left out."""
    return [*closed_words(roster), *_left_out(roster)]


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
