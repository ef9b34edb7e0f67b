"""Records of the books that left the site as a file: who took what, and in which form."""

from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.audit.models import AuditEntry


def note_export(*, actor: Actor, of: str, ending: str) -> AuditEntry:
    """Record a download; `of` is the name of the page that sent it."""
    return audit.note(actor=actor, action="export_books", about="books", of=of, ending=ending)
