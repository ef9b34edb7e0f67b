"""Where higher features add to a school's pages, without places knowing them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, false, or_

from booking.days.events.models import Event
from booking.people.schools.models import School
from booking.people.schools.queries import SchoolLine


@dataclass(frozen=True)
class Panel:
    """A piece of the page: its template sees `event`, `school` and `panel.facts`."""

    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    #: "outcome" (under what the school asked for and holds) or "aside".
    where: str = "outcome"
    order: int = 50


PanelProvider = Callable[..., Panel | None]
_panels: list[PanelProvider] = []


def provide_panel(provider: PanelProvider) -> None:
    """Ask `provider(event, school=, now=) -> Panel | None` for a school's page of an event."""
    if provider not in _panels:
        _panels.append(provider)


def panels(event: Event, *, school: School, now: datetime) -> list[Panel]:
    """Return the panels of this page, in order."""
    found = [provider(event, school=school, now=now) for provider in _panels]
    return sorted((panel for panel in found if panel), key=lambda panel: panel.order)


#: Asked with `school=` and `now=` for the coordinator's home.
HomePanelProvider = Callable[..., Any]
_home_panels: list[HomePanelProvider] = []


def provide_home_panel(provider: HomePanelProvider) -> None:
    """Ask `provider(school=, now=)` for a piece of the coordinator's home (a Panel)."""
    if provider not in _home_panels:
        _home_panels.append(provider)


def home_panels(*, school: SchoolLine, now: datetime) -> list[Any]:
    """Return the pieces of the coordinator's home that belong to other features."""
    found = [provider(school=school, now=now) for provider in _home_panels]
    return [panel for panel in found if panel]


#: Returns the condition that the parent of a booking has answered all: only a charge is open.
Condition = Callable[[], ColumnElement[bool]]
_answered: list[Condition] = []


def provide_answered(condition: Condition) -> None:
    """Ask `condition()` which invited pupils' parents need not be chased for a reply."""
    if condition not in _answered:
        _answered.append(condition)


def answered() -> ColumnElement[bool]:
    """Return the condition that the parent of a booking has answered."""
    return or_(false(), *(condition() for condition in _answered))


_planned: list[Condition] = []


def provide_planned(condition: Condition) -> None:
    """Ask `condition()` which events' places are not asked for one event at a time."""
    if condition not in _planned:
        _planned.append(condition)


def planned() -> ColumnElement[bool]:
    """Return the condition that an event waits to be shared together with others."""
    return or_(false(), *(condition() for condition in _planned))
