"""Where higher features add to events without events knowing them.

Each registers at start-up, in its own `register.py`: how many places are left, what a change
would break, panels on the event's page, and links to an event's work.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from booking.days.events.details import EventDetails
from booking.days.events.models import Event
from booking.days.events.problems import Problem
from booking.domain.permissions import Actor

PlacesLeft = Callable[[Sequence[int]], Mapping[int, int]]
#: Takes the locked event and what it is to become; returns what forbids it.
ChangeCheck = Callable[[Event, EventDetails], list[Problem]]


@dataclass(frozen=True)
class Panel:
    """A piece of the event's page that belongs to a higher feature."""

    #: Template that draws it, with `event` and the panel's `facts` at hand as `panel.facts`.
    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    #: "aside", "sharing" (under how places are shared) or "main" (after everything).
    where: str = "aside"
    #: Lower comes first.
    order: int = 50


@dataclass(frozen=True)
class Link:
    """A page of an event's work: "Roster", "Register"."""

    label: str
    url: str
    order: int = 50
    current: bool = False


@dataclass(frozen=True)
class Rule:
    """How an event's places are shared, where a higher feature decides that."""

    name: str
    sentences: tuple[str, ...]


RuleProvider = Callable[[Event], Rule | None]
PanelProvider = Callable[..., Panel | None]
LinkProvider = Callable[..., Link | None]

_places_left: list[PlacesLeft] = []
_change_checks: list[ChangeCheck] = []
_rules: list[RuleProvider] = []
_panels: list[PanelProvider] = []
_links: list[LinkProvider] = []
_work_panels: list[PanelProvider] = []
_listing_panels: list[PanelProvider] = []


def _add(providers: list[Any], provider: Any) -> None:
    if provider not in providers:
        providers.append(provider)


def count_places_left_with(counter: PlacesLeft) -> None:
    """Use `counter(event_ids) -> {event id: places nobody holds}` on lists and pages."""
    _places_left[:] = [counter]


def places_left(event_ids: Sequence[int]) -> Mapping[int, int]:
    """Return how many places nobody holds, for the events that have places."""
    return _places_left[0](event_ids) if _places_left and event_ids else {}


def check_changes_with(check: ChangeCheck) -> None:
    """Let `check(event, details)` forbid a change of a published event, in words."""
    _add(_change_checks, check)


def forbidden_changes(event: Event, details: EventDetails) -> list[Problem]:
    """Return everything that forbids this change of a published event."""
    return [problem for check in _change_checks for problem in check(event, details)]


def provide_rule(provider: RuleProvider) -> None:
    """Ask `provider(event) -> Rule | None` whether the event's own rule of sharing stands."""
    _add(_rules, provider)


def other_rule(event: Event) -> Rule | None:
    """Return the rule that stands in place of the event's own, if one does."""
    return next((rule for provider in _rules if (rule := provider(event))), None)


def provide_panel(provider: PanelProvider) -> None:
    """Ask `provider(event, actor=, now=) -> Panel | None` on every event page."""
    _add(_panels, provider)


def panels(event: Event, *, actor: Actor, now: datetime) -> list[Panel]:
    """Return the panels of an event's page for this person, in order."""
    found = [provider(event, actor=actor, now=now) for provider in _panels]
    return sorted((panel for panel in found if panel), key=lambda panel: panel.order)


def provide_listing_panel(provider: PanelProvider) -> None:
    """Ask `provider(now=) -> Panel | None` under the listing of coming events."""
    _add(_listing_panels, provider)


def listing_panels(*, now: datetime) -> list[Panel]:
    """Return what stands under the listing, apart from the events, in order."""
    found = [provider(now=now) for provider in _listing_panels]
    return sorted((panel for panel in found if panel), key=lambda panel: panel.order)


def provide_work_panel(provider: PanelProvider) -> None:
    """Ask `provider(event, actor=, now=) -> Panel | None` on the page of an event's work."""
    _add(_work_panels, provider)


def work_panels(event: Event, *, actor: Actor, now: datetime) -> list[Panel]:
    """Return the panels of the page of an event's work, in order."""
    found = [provider(event, actor=actor, now=now) for provider in _work_panels]
    return sorted((panel for panel in found if panel), key=lambda panel: panel.order)


def provide_work_link(provider: LinkProvider) -> None:
    """Ask `provider(event, actor=, now=) -> Link | None` wherever an event's work is shown."""
    _add(_links, provider)


def work_links(event: Event, *, actor: Actor, now: datetime) -> list[Link]:
    """Return the pages of an event's work that this person may open, in order."""
    found = [provider(event, actor=actor, now=now) for provider in _links]
    return sorted((link for link in found if link), key=lambda link: link.order)
