"""Where higher features add to a school's page of an event, without places knowing them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from booking.events.models import Event
from booking.schools.models import School


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
