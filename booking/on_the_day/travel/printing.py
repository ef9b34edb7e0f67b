"""What schools carry, as PDF: the visit pack, and emergency cards to cut out."""

from booking.domain import terms
from booking.foundation.web import paper
from booking.on_the_day.travel.pages import EmergencyCard, VisitPack

#: A sheet of A4 has eight cards of A7.
CARDS = 8


def visit_pack(pack: VisitPack) -> bytes:
    """Return the pack as a PDF file: the same sections as its text."""
    facts = {
        "title": pack.title,
        "school": pack.school,
        "made": terms.in_sentence(pack.made_at),
        "destroy_after": pack.destroy_after,
        "sections": [
            {
                "heading": section.heading,
                "lines": [[line.label, line.text.split("\n")] for line in section.lines],
            }
            for section in pack.sections
        ],
    }
    rows = sum(len(section.lines) for section in pack.sections)
    return paper.as_pdf("visit_pack", facts, made_at=pack.made_at, rows=rows)


def emergency_cards(card: EmergencyCard) -> bytes:
    """Return one sheet of equal cards as a PDF file."""
    facts = {
        "title": card.title,
        "school": card.school,
        "lines": [list(line) for line in card.lines],
        "steps": list(card.steps),
        "destroy_after": card.destroy_after,
        "cards": CARDS,
    }
    return paper.as_pdf("emergency_cards", facts, made_at=card.made_at)
