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

__all__ = [
    "by_public_id",
    "copies",
    "counts",
    "due",
    "fates",
    "last_asked",
    "listing",
    "reach",
    "readers",
]
