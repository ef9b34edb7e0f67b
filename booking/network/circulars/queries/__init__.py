"""Reads of circulars: who reads one, which somebody may see, and what became of the copies."""

from booking.network.circulars.queries.kept import (
    by_public_id,
    copies,
    counts,
    due,
    fates,
    last_asked,
    listing,
)
from booking.network.circulars.queries.reading import reach, readers
from booking.network.circulars.queries.templates import (
    count_templates,
    template_by_public_id,
    templates_for,
    templates_of,
)

__all__ = [
    "by_public_id",
    "copies",
    "count_templates",
    "counts",
    "due",
    "fates",
    "last_asked",
    "listing",
    "reach",
    "readers",
    "template_by_public_id",
    "templates_for",
    "templates_of",
]
