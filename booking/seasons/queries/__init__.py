"""Reads of season plans: the plans, what schools wrote, and what a plan is worked out from."""

from booking.seasons.queries.inputs import Gathered, busy, gather
from booking.seasons.queries.plans import (
    Mark,
    Progress,
    all_records,
    by_slug,
    candidates,
    event_titles,
    events_of,
    is_planned,
    listing,
    mark_of,
    open_for_school,
    plan_of,
    progress,
    proposal_of,
    record_of,
    school_names,
    schools_for,
    slugs_like,
    still_shareable,
)
from booking.seasons.queries.wishes import (
    of_school,
    planned_pupils,
    planned_school,
    public_ids_in_order,
    wishing,
)

__all__ = [
    "Gathered", "Mark", "Progress", "all_records", "busy", "by_slug", "candidates",
    "event_titles", "events_of", "gather", "is_planned", "listing", "mark_of", "of_school",
    "open_for_school", "plan_of", "planned_pupils", "planned_school", "progress", "proposal_of",
    "public_ids_in_order",
    "record_of", "school_names", "schools_for", "slugs_like", "still_shareable", "wishing",
]  # fmt: skip
