"""The directory in words: what is offered, and how an offer or a link stands."""

from booking.domain import english
from booking.domain.helping import (
    ExpertiseState,
    HelpCosts,
    HelpKind,
    HelpOutcome,
    HelpPhase,
    LinkState,
)
from booking.network.directory import details
from booking.network.directory.models import Expertise

PHASES = {
    HelpPhase.EARLY: "Early years",
    HelpPhase.PRIMARY: "Primary",
    HelpPhase.MIDDLE: "Middle",
    HelpPhase.SECONDARY: "Secondary",
    HelpPhase.SIXTH_FORM: "Sixth form",
}
KINDS = {
    HelpKind.VISIT: "A visit",
    HelpKind.CALL: "A call",
    HelpKind.MATERIALS: "Materials",
    HelpKind.TRAINING: "Training",
}
COSTS = {
    HelpCosts.NONE: "No costs",
    HelpCosts.TRAVEL: "Travel only",
    HelpCosts.AGREED: "To be agreed with the school",
}
OUTCOMES = {HelpOutcome.YES: "Yes", HelpOutcome.NOT_YET: "Not yet", HelpOutcome.NO: "No"}
#: The tag of an offer, with its tone.
OFFER_TAGS = {
    ExpertiseState.OFFERED: ("Waits for the head", "warn"),
    ExpertiseState.LISTED: ("Listed", "good"),
    ExpertiseState.DECLINED: ("The head said no", "bad"),
    ExpertiseState.LAPSED: ("Lapsed", "neutral"),
    ExpertiseState.WITHDRAWN: ("Withdrawn", "neutral"),
}
LINK_TAGS = {
    LinkState.ASKED: ("Asked", "warn"),
    LinkState.SUGGESTED: ("Somebody is suggested", "info"),
    LinkState.INTRODUCED: ("Introduced", "good"),
    LinkState.TURNED_DOWN: ("Turned down", "bad"),
    LinkState.TAKEN_BACK: ("Taken back", "neutral"),
    LinkState.ANSWERED: ("Answered", "neutral"),
}
#: Said wherever somebody offers, looks or asks.
NOT_ASSURED = (
    "The network does not check the quality of what is offered. Schools arrange times and costs "
    "themselves."
)
NO_SCHOOL = "Associate of the network"


def offer_tag(offer: Expertise) -> tuple[str, str]:
    """Return how an offer stands, with its tone; the lead confirms who has no school."""
    if offer.school_id is None and offer.state is ExpertiseState.OFFERED:
        return "Waits for the network lead", "warn"
    return OFFER_TAGS[offer.state]


def areas(offer: Expertise) -> str:
    """Return "Assessment and timetabling"."""
    return english.listed([area.name for area in offer.areas])


def phases(offer: Expertise) -> str:
    """Return "Primary and middle", in the order of the list."""
    chosen = details.read(HelpPhase, offer.phases)
    return _sentence([name for each, name in PHASES.items() if each in chosen])


def kinds(offer: Expertise) -> str:
    """Return "A visit and a call"."""
    chosen = details.read(HelpKind, offer.kinds)
    return _sentence([name for each, name in KINDS.items() if each in chosen])


def school(offer: Expertise) -> str:
    """Return where somebody works."""
    return offer.school.name if offer.school else NO_SCHOOL


def _sentence(names: list[str]) -> str:
    return english.listed([names[0], *(each.lower() for each in names[1:])]) if names else ""
