"""Reads of events: one, lists of them, and what is needed to write them."""

from booking.days.events.queries.audience import PublicationAudience, audience
from booking.days.events.queries.dates import calendar_facts
from booking.days.events.queries.hosting import count_by_state, host_choices, hosted
from booking.days.events.queries.listing import BRIEFLY, FilterChoices, Filters, choices, listing
from booking.days.events.queries.network_rules import network_rules
from booking.days.events.queries.one import by_slug, by_uid, public_by_slug
from booking.days.events.queries.starts import examples, last_held, last_years
from booking.days.events.queries.themes import events_by_theme, offered_themes, theme, themes
from booking.days.events.queries.writing import (
    coordinators_of_guests,
    count_schools,
    has_guest_school,
    has_years,
    school_hours,
    slugs_like,
)

__all__ = [
    "BRIEFLY",
    "FilterChoices",
    "Filters",
    "PublicationAudience",
    "audience",
    "by_slug",
    "by_uid",
    "calendar_facts",
    "choices",
    "coordinators_of_guests",
    "count_by_state",
    "count_schools",
    "events_by_theme",
    "examples",
    "has_guest_school",
    "has_years",
    "host_choices",
    "hosted",
    "last_held",
    "last_years",
    "listing",
    "network_rules",
    "offered_themes",
    "public_by_slug",
    "school_hours",
    "slugs_like",
    "theme",
    "themes",
]
