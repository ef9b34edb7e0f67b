"""A meeting as the lead fills it in, and what can be wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta

from booking.domain import links
from booking.domain.permissions import NETWORK_ROLES, OUTSIDE_ROLES, SCHOOL_ROLES, Role
from booking.domain.problems import Problem
from booking.network.meetings.models import Meeting, MeetingKind

TITLE_MAX = 120
LINE_MAX = 200
TEXT_MAX = 5000
MINUTES_MAX = 20_000
#: How far ahead a meeting can be called.
AHEAD_MAX = timedelta(days=731)
#: Roles a meeting can be for. Day staff hold theirs for one event only.
ROLES = frozenset(NETWORK_ROLES | SCHOOL_ROLES | OUTSIDE_ROLES)


@dataclass(frozen=True)
class MeetingDetails:
    """Everything that the lead writes about a meeting."""

    kind: MeetingKind
    title: str
    starts_at: datetime
    ends_at: datetime
    host_school_id: int | None = None
    venue: str = ""
    link: str = ""
    notes: str = ""
    for_everybody: bool = False
    roles: frozenset[Role] = frozenset()
    #: What it belongs to; its people are invited by name, instead of by their roles.
    circle: str = ""

    def settled(self) -> "MeetingDetails":
        """Return this as it is stored: no roles if everybody is invited, and the link tidied."""
        roles = frozenset[Role]() if self.for_everybody else self.roles
        return replace(self, roles=roles, link=links.tidy(self.link) if self.link else "")


#: Columns of a meeting that are copied unchanged.
COLUMNS = tuple(field.name for field in fields(MeetingDetails) if field.name != "roles")


def details_of(meeting: Meeting) -> MeetingDetails:
    """Return a stored meeting as the form shows it."""
    facts = {name: getattr(meeting, name) for name in COLUMNS}
    return MeetingDetails(roles=frozenset(row.role for row in meeting.roles), **facts)


def changed_fields(before: MeetingDetails, after: MeetingDetails) -> tuple[str, ...]:
    """Return the names of the fields that differ, in the order of the form."""
    names = [field.name for field in fields(MeetingDetails)]
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def problems(details: MeetingDetails, *, now: datetime) -> Iterator[Problem]:
    """Yield what is wrong with the details of a meeting."""
    if not details.title:
        yield Problem("title", "Enter a title, such as “Spring meeting of coordinators”.")
    for name, most in (("title", TITLE_MAX), ("venue", LINE_MAX), ("notes", TEXT_MAX)):
        if len(getattr(details, name)) > most:
            yield Problem(name, f"Shorten this to {most:,} characters.")
    yield from _times(details, now)
    yield from _place(details)
    if details.circle:
        return
    if not details.for_everybody and not details.roles:
        yield Problem("roles", "Choose at least one role, or invite everybody.")
    elif not details.for_everybody and not details.roles <= ROLES:
        yield Problem("roles", "Choose from the roles in the network and its schools.")


def _times(details: MeetingDetails, now: datetime) -> Iterator[Problem]:
    if details.ends_at <= details.starts_at:
        yield Problem("ends", "The end must be after the start. Check the times.")
    if details.starts_at <= now:
        yield Problem("on", "This is in the past. Choose a day and time in the future.")
    elif details.starts_at > now + AHEAD_MAX:
        yield Problem("on", "This is more than two years ahead. Check the year.")


def _place(details: MeetingDetails) -> Iterator[Problem]:
    if not (details.host_school_id or details.venue or details.link):
        yield Problem(
            "host_school_id",
            "Say where it is: choose a school, give another place, or give a link to join online.",
        )
    yield from link_problems("link", details.link)


def link_problems(field: str, link: str) -> Iterator[Problem]:
    """Yield what is wrong with a link; there need not be one."""
    try:
        links.tidy(link or "https://none.example")
    except links.NotALink as error:
        yield Problem(field, str(error))


def narrowing(before: MeetingDetails, after: MeetingDetails) -> Iterator[Problem]:
    """Yield a problem if fewer are invited: nobody may be left with a meeting they cannot read."""
    fewer = before.for_everybody or not before.roles <= after.roles
    if fewer and not after.for_everybody:
        yield Problem(
            "audience",
            "People who have been invited stay invited. You can invite more; to ask different "
            "people instead, cancel this meeting and call another.",
        )
