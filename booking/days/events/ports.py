"""Where higher features add to events without events knowing about them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from booking.days.events.details import EventDetails
from booking.days.events.models import Event
from booking.domain.checking_dates import NotedDay
from booking.domain.permissions import Actor
from booking.domain.problems import Problem
from booking.foundation.ports import Port, Socket
from booking.foundation.web.task_lists import Task


@dataclass(frozen=True)
class Panel:
    """A piece of the event's page that belongs to a higher feature."""

    #: The template that draws it, which sees `event` and the panel's facts as `panel.facts`.
    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    #: "aside", "sharing" (below how places are shared) or "main" (after everything else).
    where: str = "aside"


@dataclass(frozen=True)
class Preview:
    """A higher feature's page as somebody will see it, for an event that may still be a draft."""

    #: What stands in the address, and on the tab.
    name: str
    label: str
    #: The page's own template and its facts, filled in for nobody in particular.
    template: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class WorkLink:
    """A page about the work on an event: "Roster", "Register"."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class SharingRule:
    """How an event's places are shared, when a higher feature decides that."""

    name: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Consequence:
    """What cancelling an event would do in one feature, for the page that asks first."""

    #: Facts for people: ("Pupils with a place", "22").
    rows: tuple[tuple[str, str], ...] = ()
    #: The keys of the mails that would be queued; two features that name the same key send one.
    mails: frozenset[str] = frozenset()


@Socket
def places_left(event_ids: Sequence[int]) -> Mapping[int, int]:
    """Return how many places nobody holds, for the events that have places."""
    return {}


@Socket
def comes(event_id: int, school_ids: Collection[int]) -> bool:
    """Return whether any of these schools holds a place at an event."""
    return False


@Socket
def keeps_to_itself(event: Event) -> bool:
    """Return whether all places are for the host's own pupils, so no other school is told."""
    return False


@Socket
def other_rule(event: Event) -> SharingRule | None:
    """Return the rule that replaces the event's own, if there is one."""
    return None


@Port
def forbidden_changes(event: Event, details: EventDetails) -> Sequence[Problem] | None:
    """Return what forbids changing a published, locked event into this."""


@Socket
def waiting_for_others(event_ids: Sequence[int]) -> Collection[int]:
    """Return which of these drafts wait for somebody else than their host."""
    return ()


@Socket
def told_of_change(event: Event, *, actor: Actor) -> tuple[int, int]:
    """Return how many coordinators and parents hear of a change that people plan by."""
    return 0, 0


@Socket
def learnt(
    event_ids: Sequence[int], *, for_colleagues: bool
) -> Mapping[int, Sequence[tuple[str, str]]]:
    """Return what hosts wrote after these events, in labelled parts; for colleagues, what they
    share.
    """
    return {}


@Port
def not_published(event: Event, *, actor: Actor) -> str | None:
    """Return why this person may not publish a locked draft that is ready."""


@Port
def publication_panels(event: Event, *, actor: Actor, now: datetime) -> Panel | None:
    """Return what stands on the last page before publication in place of its button."""


@Port
def panels(event: Event, *, actor: Actor, now: datetime) -> Panel | None:
    """Return a piece of an event's page for this person."""


@Port
def listing_panels(*, now: datetime) -> Panel | None:
    """Return what is shown under the listing of upcoming events, separate from them."""


@Port
def work_panels(event: Event, *, actor: Actor, now: datetime) -> Panel | None:
    """Return a piece of the page about the work on an event."""


@Port
def work_links(event: Event, *, actor: Actor, now: datetime) -> WorkLink | None:
    """Return a page about the work on an event that this person may open."""


@Port
def previews(event: Event, *, now: datetime) -> Preview | None:
    """Return a page about an event as others will see it, to be looked at only."""


@Port
def if_cancelled(event: Event, *, actor: Actor) -> Consequence | None:
    """Return what cancelling a published event would do, without doing it."""


@Port
def noted_days(*, first_on: date, last_on: date) -> Sequence[NotedDay] | None:
    """Return what is on elsewhere in these days, for whoever chooses a date."""


@Port
def host_tasks(*, actor: Actor, now: datetime) -> Sequence[Task] | None:
    """Return what somebody who hosts should do, for the host's home page."""
