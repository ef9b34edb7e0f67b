"""The files that go with a circular: for everybody who receives it, kept by whoever writes it."""

from datetime import datetime

from booking.domain.permissions import Actor
from booking.foundation.files import pages as file_pages
from booking.foundation.files import queries as file_queries
from booking.foundation.files.details import FileOwner
from booking.foundation.files.models import AttachedFile, FileAudience
from booking.foundation.files.pages import Shelf
from booking.foundation.web import addresses
from booking.network.circulars import queries
from booking.network.circulars.models import Circular

KIND = "circular"
LABELS = ("Letter", "Programme", "Form to fill in", "Map")
AUDIENCES = {FileAudience.COMING: "Everybody who receives the circular"}


def owner(kind: str, public_id: str, *, actor: Actor, now: datetime) -> FileOwner | None:
    """Return a circular as the owner of its files; None if `actor` does not write to its readers.

    Readers find the files in their mail, and need no address for them.
    """
    circular = queries.by_public_id(public_id, actor) if kind == KIND else None
    return of_circular(circular) if circular is not None else None


def of_circular(circular: Circular) -> FileOwner:
    """Return a circular as the owner of its files, as somebody meets it who may change it."""
    return FileOwner(
        kind=KIND,
        public_id=circular.public_id,
        title=circular.subject,
        url=addresses.CIRCULAR(public_id=circular.public_id),
        subject=circular,
        school_id=circular.school_id,
        reads=frozenset(AUDIENCES),
        keeps=circular.addressed_at is None,
        audiences=AUDIENCES,
        labels=LABELS,
    )


def of_page(circular: Circular) -> Shelf | None:
    """Return the files for the circular's page; None if it has none and it is too late for any."""
    shelf = file_pages.shelf(of_circular(circular))
    return shelf if shelf.lines or shelf.owner.keeps else None


def carried(circular: Circular) -> list[AttachedFile]:
    """Return the files that go with each copy, in order."""
    return file_queries.of(of_circular(circular))
