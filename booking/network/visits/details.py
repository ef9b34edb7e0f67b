"""Plain values of visits: what a stored one says."""

from booking.domain.visits import VisitDetails
from booking.network.visits.models import StaffVisit

#: What is copied between a form, its details and a row.
COLUMNS = (
    *("title", "kind", "subject", "starts_at", "ends_at", "whole_days", "room", "about"),
    "for_partners",
)
#: A change of these changes what a visitor plans by.
TOLD = ("title", "starts_at", "ends_at", "whole_days", "about")


def details_of(visit: StaffVisit) -> VisitDetails:
    """Return what a stored visit says."""
    return VisitDetails(**{name: getattr(visit, name) for name in COLUMNS})


def copy_onto(visit: StaffVisit, details: VisitDetails) -> tuple[str, ...]:
    """Let a visit say this; return the names of what was different."""
    new = {name: getattr(details, name) for name in COLUMNS}
    new |= {name: new[name].strip() for name in ("title", "subject", "about")}
    changed = tuple(name for name in COLUMNS if getattr(visit, name) != new[name])
    for name in changed:
        setattr(visit, name, new[name])
    return changed
