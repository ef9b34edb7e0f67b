"""Who leads an event in words: never the pupils' names."""

from booking.days.leading.details import LeadingDetails
from booking.days.leading.models import LeaderKind, Leading
from booking.domain import english, terms

KIND_NAMES = {
    LeaderKind.TEACHER: "A teacher of the host school",
    LeaderKind.OLDER_PUPILS: "Older pupils, with their teacher",
    LeaderKind.PROVIDER: "An outside provider",
}
OLDER_PUPILS = "older pupils"


def led_by(details: LeadingDetails, *, host: str, school: str = "") -> str:
    """Return what stands after “Led by”: "sixth-formers of Northbury School with Ms Young"."""
    match details.kind:
        case LeaderKind.TEACHER:
            return f"{details.teacher}, {host}"
        case LeaderKind.OLDER_PUPILS:
            called = details.called or OLDER_PUPILS
            return f"{called} of {school} with {details.teacher}"
        case LeaderKind.PROVIDER:
            return details.organisation


def checks(leading: Leading) -> str:
    """Return who has confirmed the checks of a provider, and when; nothing until somebody has."""
    if leading.checked_at is None:
        return ""
    by = leading.checked_by.name if leading.checked_by else "the network"
    return f"Confirmed by {by} on {terms.day_text(terms.london(leading.checked_at).date())}"


def agreement(leading: Leading) -> str:
    """Return who agreed at the older pupils' school, and when; nothing until somebody has."""
    if leading.agreed_at is None:
        return ""
    by = leading.agreed_by.name if leading.agreed_by else "the network"
    return f"Agreed by {by} on {terms.day_text(terms.london(leading.agreed_at).date())}"


def how_many(leading: Leading) -> str:
    """Return how many older pupils lead, if that is known."""
    return english.plural(leading.number, "pupil") if leading.number else ""
