"""A copy of everything held, on paper: drawn from the same facts as the file for programs."""

from booking.domain import terms
from booking.foundation.web import paper
from booking.rights.subjects.details import FullCopy


def as_pdf(copy: FullCopy) -> bytes:
    """Return the copy as a PDF file."""
    facts = copy.as_facts() | {"made": terms.in_sentence(copy.made_at)}
    rows = sum(len(section.rows) for section in copy.sections)
    return paper.as_pdf("everything", facts, made_at=copy.made_at, rows=rows)
