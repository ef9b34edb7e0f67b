"""Circulars in words: whom they are for, and how far they have got."""

from datetime import datetime

from booking.domain import school_phases, terms
from booking.domain.circulars import Readership
from booking.domain.permissions import ROLE_PLURALS, Role
from booking.foundation.notifications.models import MessageState
from booking.network.circulars.models import Circular

READERSHIP_NAMES = {
    Readership.EVERYBODY: "Everybody with an account",
    Readership.ROLES: "Everybody with one of the roles that I choose",
    Readership.PHASES: "The coordinators of the kinds of school that I choose",
    Readership.SCHOOLS_COMING: "The coordinators of schools that have places",
    Readership.SCHOOLS_SILENT: "The coordinators of schools that could come and have not asked",
    Readership.FAMILIES_COMING: "Families whose child is coming",
    Readership.FAMILIES_SILENT: "Families that have not answered",
}
MAIL_WORDS = {
    None: ("Not sent yet", "info"),
    MessageState.QUEUED: ("Waiting", "info"),
    MessageState.SENDING: ("Waiting", "info"),
    MessageState.SENT: ("Sent", "good"),
    MessageState.FAILED: ("Not sent", "bad"),
    MessageState.REFUSED: ("Address refused", "bad"),
}


def for_whom(circular: Circular) -> str:
    """Return whom a circular is for: "Coordinators of primary and middle schools"."""
    if circular.readership is Readership.ROLES:
        return ", ".join(ROLE_PLURALS[Role(word)] for word in circular.chosen)
    if circular.readership is Readership.PHASES:
        return "Coordinators: " + ", ".join(school_phases.WORDS[word] for word in circular.chosen)
    return READERSHIP_NAMES[circular.readership]


def status(circular: Circular) -> tuple[str, str]:
    """Return how far a circular has got, with its tone."""
    if circular.addressed_at is not None:
        return (f"Sent on {_day(circular.addressed_at)}", "good")
    if circular.send_at is not None:
        return (f"Goes out at {terms.in_sentence(circular.send_at)}", "info")
    return ("Draft", "neutral")


def _day(at: datetime) -> str:
    return terms.day_text(terms.london(at).date())
