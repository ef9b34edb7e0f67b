"""Labels and badges on paper: each where its sheet has a label, and nothing else on the sheet."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from booking.days.events.models import Event
from booking.domain import label_sheets, terms
from booking.foundation.web import lettering, paper
from booking.on_the_day.day_sheets.pages import LabelChoice, LabelText
from booking.on_the_day.rosters import windows


def labels(
    event: Event, choice: LabelChoice, found: Sequence[LabelText], *, made_at: datetime
) -> bytes:
    """Return the labels as a PDF file."""
    facts = _facts(choice, found) | {
        "destroy_after": terms.day_text(windows.days_of(event).destroy_after)
    }
    return paper.as_pdf("labels", facts, made_at=made_at, rows=len(found))


def in_latin(found: Sequence[LabelText]) -> tuple[str, ...]:
    """Return the texts that the labels would have in Latin letters only."""
    return lettering.in_latin([_shown(label) for label in found])


def _facts(choice: LabelChoice, found: Sequence[LabelText]) -> dict[str, Any]:
    sheet = choice.sheet
    spread = label_sheets.spread(len(found), sheet, first=choice.first)
    corners = list(sheet.corners())
    return {
        "width": sheet.width_mm,
        "height": sheet.height_mm,
        "cut": sheet.cut,
        "corners": corners,
        "pages": max((page for page, _ in spread), default=0) + 1,
        "labels": [
            {"page": page, "place": place, **_shown(label)}
            for (page, place), label in zip(spread, found, strict=True)
        ],
    }


def _shown(label: LabelText) -> dict[str, Any]:
    return {
        "big": label.big,
        "small": label.small,
        "school": label.school,
        "below": list(label.below),
        "mark": label.mark,
    }
