"""What each field of an event is called: the same on the form, pages, paper, mail and calendars.

A new field has its label here once. Templates say `event_label("venue")`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    """What a field is called on its own, and within a sentence where that reads differently."""

    text: str
    in_sentence: str = ""


TABLE = {
    "host_school_id": Label("Hosted by"),
    "title": Label("Title", "the title"),
    "theme": Label("Theme"),
    "concept": Label("What pupils will do"),
    "intended_impact": Label("What we hope it changes"),
    "led_by": Label("Led by", "who leads it"),
    #: The lowest and the highest year group together.
    "years": Label("For", "the year groups"),
    "low_year": Label("Lowest year group", "the year groups"),
    "high_year": Label("Highest year group", "the year groups"),
    "dates": Label("When", "the dates or times"),
    "venue": Label("Where", "where it is"),
    "venue_address": Label("Address", "the address"),
    "practicalities": Label("Good to know", "what is good to know"),
    "contact_name": Label("Contact on the day", "the contact on the day"),
    "contact_phone": Label("Telephone of the contact", "the contact on the day"),
    "places": Label("Places"),
    "host_places": Label("Places for the host’s own school"),
    "sharing": Label("How places are shared"),
    "basis": Label("Whose turn it is"),
    "guarantee": Label("Places guaranteed to each school"),
    "cap_per_school": Label("Most places for one school"),
    "requests_close_at": Label("Requests close"),
    "release_at": Label("Unclaimed places go to other schools"),
    "naming_close_at": Label("Naming closes"),
    "reply_days": Label("School days for a parent to answer"),
    "offer_days": Label("School days for a school to take up an offer"),
    "min_pupils": Label("Minimum number of pupils"),
    "decide_at": Label("The host decides whether it runs"),
    "fee_kind": Label("What parents are asked for"),
    "fee_pence": Label("Amount for each place", "the amount for each place"),
    "fee_parts": Label("Where it goes"),
    "cost_lines": Label("Budget"),
    "fee_reason": Label("Why this charge is right"),
    "lead_looks": Label("The lead looks at events before they are published"),
    "ticked": Label("Keep these dates anyway?"),
}
#: The fields whose label is no noun, and those that need an article, as a history says them.
NOUNS = {
    "host_school_id": "the host school",
    "theme": "the theme",
    "dates": "the dates",
    "venue": "the venue",
    "places": "the number of places",
    "host_places": "the places for the host’s own school",
    "sharing": "the way of sharing places",
    "basis": "the rule for whose turn it is",
    "guarantee": "the places guaranteed to each school",
    "cap_per_school": "the most places for one school",
    "requests_close_at": "the closing date for requests",
    "release_at": "the date when unclaimed places go to other schools",
    "naming_close_at": "the closing date for names",
    "reply_days": "the school days for a parent to answer",
    "offer_days": "the school days for a school to take up an offer",
    "min_pupils": "the minimum number of pupils",
    "decide_at": "the day for deciding whether it runs",
    "fee_parts": "where the money goes",
    "cost_lines": "the budget",
    "fee_reason": "the reason for the charge",
    "concept": "what pupils will do",
    "intended_impact": "what it should change",
    "fee_kind": "what parents are asked for",
    #: What a draft holds that cannot be read yet: no field of its own, but its history names it.
    "unread": "what is half typed",
}


def of(name: str) -> str:
    """Return the label of a field."""
    return TABLE[name].text


def in_sentence(name: str) -> str:
    """Return what a field is called within a sentence."""
    label = TABLE[name]
    return label.in_sentence or label.text[:1].lower() + label.text[1:]


def as_noun(name: str) -> str:
    """Return what a field is called where something is done to it: "moved the closing date …"."""
    return NOUNS.get(name) or in_sentence(name)
