"""The quick card of a role on one side of A4, as PDF."""

from datetime import datetime

from booking.foundation.web import paper
from booking.people.guides.pages import Guide


def card(guide: Guide, *, network: str, help_url: str, contact: str, made_at: datetime) -> bytes:
    """Return what a guide says in short as a PDF file."""
    facts = {
        "title": guide.title,
        "lede": guide.lede,
        "network": network,
        "contact": contact,
        "help_url": help_url,
        "groups": [
            {"heading": group.heading, "lines": [list(line) for line in group.lines]}
            for group in guide.card
        ],
    }
    return paper.as_pdf("quick_card", facts, made_at=made_at)
