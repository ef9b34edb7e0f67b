"""Reads of the audit trail: the log as it was written, and what happened to one thing."""

from booking.foundation.audit.queries import histories
from booking.foundation.audit.queries.trail import (
    NEWEST,
    Filter,
    TrailRow,
    actions,
    latest_about,
    newest,
    page,
    schools,
)

__all__ = [
    "NEWEST",
    "Filter",
    "TrailRow",
    "actions",
    "histories",
    "latest_about",
    "newest",
    "page",
    "schools",
]
