"""The day sheet on paper: one A4 page, set smaller if many schools come."""

from booking.days.events import labels as event_labels
from booking.days.events import words as event_words
from booking.domain import english, terms
from booking.foundation import contacts
from booking.foundation.web import paper
from booking.on_the_day.day_sheets.pages import DaySheet


def day_sheet(sheet: DaySheet) -> bytes:
    """Return the day sheet as a PDF file."""
    seen = sheet.roster
    facts = {
        "title": sheet.event.title,
        "hosted_by": event_labels.of("host_school_id"),
        "host": sheet.event.host_school.name,
        "when": terms.span_text(sheet.day.starts_at, sheet.day.ends_at),
        "where": event_words.where_on(sheet.day),
        "made": terms.in_sentence(sheet.made_at),
        "destroy_after": terms.day_text(seen.days.destroy_after),
        "expected": [
            english.plural(len(seen.rows), "pupil"),
            english.plural(len(seen.schools), "school"),
            english.plural(sheet.adults, "adult"),
        ],
        "people": sheet.people,
        "places": sheet.places,
        "totals": sheet.totals,
        "closed": sheet.closed,
        "shows_alerts": seen.shows_health,
        "alerts": sheet.alerts,
        "schools": [
            {
                "name": school.name,
                "pupils": str(len(school.rows)),
                "arrives": sheet.arrivals.get(school.name, ""),
                "adults": [
                    f"{adult.name} {contacts.readable_phone(adult.mobile)}"
                    for adult in school.adults
                ],
                "emergency": contacts.readable_phone(school.emergency_phone),
            }
            for school in seen.schools
        ],
    }
    return paper.as_pdf("day_sheet", facts, made_at=sheet.made_at, rows=len(seen.schools))
