"""The sheet on which visitors sign in, on paper: A4 landscape, with lines to fill in."""

from booking.days.events import words as event_words
from booking.domain import terms
from booking.foundation.web import paper
from booking.on_the_day.day_sheets.pages import SignInSheet, safeguarding_lead

#: For speakers, and whoever else comes.
BLANK_LINES = 8


def sign_in_sheet(sheet: SignInSheet) -> bytes:
    """Return the sheet as a PDF file."""
    event = sheet.event
    facts = {
        "title": event.title,
        "host": event.host_school.name,
        "when": terms.span_text(sheet.day.starts_at, sheet.day.ends_at),
        "where": event_words.where_on(sheet.day),
        "destroy_after": terms.day_text(sheet.days.destroy_after),
        "safeguarding": safeguarding_lead(event),
        "lines": [[line.name, line.comes_from, line.checks] for line in sheet.lines],
        "blank": BLANK_LINES,
    }
    return paper.as_pdf("sign_in", facts, made_at=sheet.made_at, rows=len(sheet.lines))
