"""Reads of the directory: who is listed, one offer, what schools asked, and the lead's counts."""

from booking.network.directory.queries.areas import (
    AreaCounts,
    area,
    area_named,
    areas,
    areas_by_id,
    at_once,
    counts,
    is_in_use,
)
from booking.network.directory.queries.links import (
    link,
    link_by_hash,
    links_of,
    open_links,
    suggested_to,
    to_introduce,
)
from booking.network.directory.queries.nominations import (
    nomination_by_hash,
    nominations,
    open_nomination,
)
from booking.network.directory.queries.offers import (
    all_of,
    found_by_name,
    is_for_lead,
    is_school_reader,
    listed_areas,
    listed_since,
    listing,
    may_read,
    offer,
    offers_at,
    offers_of_leavers,
    sent_back,
    standing_of,
    suggestable,
    waiting,
)

#: How many a home page asks about.
TASKS_MAX = 5

__all__ = [
    "TASKS_MAX",
    "AreaCounts",
    "all_of",
    "area",
    "area_named",
    "areas",
    "areas_by_id",
    "at_once",
    "counts",
    "found_by_name",
    "is_for_lead",
    "is_in_use",
    "is_school_reader",
    "link",
    "link_by_hash",
    "links_of",
    "listed_areas",
    "listed_since",
    "listing",
    "may_read",
    "nomination_by_hash",
    "nominations",
    "offer",
    "offers_at",
    "offers_of_leavers",
    "open_links",
    "open_nomination",
    "sent_back",
    "standing_of",
    "suggestable",
    "suggested_to",
    "to_introduce",
    "waiting",
]
