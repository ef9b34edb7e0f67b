"""Who leads an event as it is written, and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from booking.days.leading.models import LeaderKind, Leading
from booking.domain.problems import Problem

LINE_MAX = 120
LEADERS_MAX = 60


@dataclass(frozen=True, kw_only=True)
class LeadingDetails:
    """Who leads, as the host writes it."""

    kind: LeaderKind
    teacher: str = ""
    school_id: int | None = None
    called: str = ""
    number: int | None = None
    organisation: str = ""
    contact: str = ""

    def settled(self) -> "LeadingDetails":
        """Return the same without what its kind does not use."""
        match self.kind:
            case LeaderKind.TEACHER:
                return LeadingDetails(kind=self.kind, teacher=self.teacher)
            case LeaderKind.OLDER_PUPILS:
                return replace(self, organisation="", contact="")
            case LeaderKind.PROVIDER:
                return LeadingDetails(
                    kind=self.kind, organisation=self.organisation, contact=self.contact
                )


COLUMNS = tuple(field.name for field in fields(LeadingDetails))
_LINES = ("teacher", "called", "organisation", "contact")


def details_of(leading: Leading) -> LeadingDetails:
    """Return a stored record as it was written."""
    return LeadingDetails(**{name: getattr(leading, name) for name in COLUMNS})


def problems(details: LeadingDetails) -> Iterator[Problem]:
    """Yield what is wrong with a record, field by field."""
    for name in _LINES:
        if len(getattr(details, name)) > LINE_MAX:
            yield Problem(name, f"Shorten this to {LINE_MAX} characters.")
    if details.kind is LeaderKind.PROVIDER:
        if not details.organisation:
            yield Problem("organisation", "Enter the name of the organisation or the person.")
        if not details.contact:
            yield Problem("contact", "Enter whom you can ring or write to there.")
    elif not details.teacher:
        yield Problem("teacher", "Enter the teacher’s name.")
    if details.kind is LeaderKind.OLDER_PUPILS:
        if details.school_id is None:
            yield Problem("school_id", "Choose the school that the older pupils go to.")
        if details.number is not None and not 1 <= details.number <= LEADERS_MAX:
            yield Problem("number", f"Enter a number from 1 to {LEADERS_MAX}, or leave it empty.")
