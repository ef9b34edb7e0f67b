"""What mypy must refuse: if it allowed one of these, it would call its `ignore` unused.

Never run; `make lint` reads it with the product.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from booking.days.events import announcements as event_announcements
from booking.days.events import ports as event_ports
from booking.days.events.models import Event
from booking.domain.permissions import Actor

if TYPE_CHECKING:

    def panel(event: Event, *, actor: Actor, now: datetime) -> event_ports.Panel | None:
        """Return None instead of a panel."""

    def of_another_name(event: Event, *, who: Actor, now: datetime) -> event_ports.Panel | None:
        """Return None instead of a panel."""

    def of_another_type(event: Event, *, actor: Actor, now: date) -> event_ports.WorkLink:
        """Return something that is not a panel."""
        return event_ports.WorkLink("Roster", "/roster")

    event_ports.panels.provide(panel)
    event_ports.panels.provide(of_another_name)  # type: ignore[arg-type]
    event_ports.panels.provide(of_another_type)  # type: ignore[arg-type]
    event_ports.places_left.provide(panel)  # type: ignore[arg-type]
    event_announcements.cancelled.subscribe(panel)
    event_announcements.cancelled.subscribe(of_another_name)  # type: ignore[arg-type]

    def asks_wrongly(event: Event, actor: Actor) -> None:
        """Ask without the time; tell without the event."""
        event_ports.panels(event, actor=actor)  # type: ignore[call-arg]
        event_announcements.cancelled(actor=actor, now=datetime.min)  # type: ignore[call-arg]
