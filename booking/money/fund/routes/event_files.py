"""One event's statement as a file."""

from dataclasses import dataclass
from itertools import chain
from typing import Any

from flask.typing import ResponseReturnValue

from booking.days.events.models import Event
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web.access import requires
from booking.foundation.web.asks_again import counts_file
from booking.money.fund import ports, queries
from booking.money.fund.routes.blueprint import fund, load_event, network_wide
from booking.money.fund.routes.statements import ENDINGS, send
from booking.money.fund.statements.event import event_document


@dataclass(frozen=True)
class EventFile:
    """An event, and the kind of file wanted."""

    event: Event
    ending: str


def load_event_file(**url_parts: Any) -> EventFile | None:
    """Return the event at an address and the ending of the file."""
    event = load_event(**url_parts)
    return EventFile(event, url_parts["ending"]) if event else None


@fund.get(f"/events/<slug>/statement.<{ENDINGS}:ending>")
@requires(Action.SEE_FUND, load=load_event_file, scope=network_wide, name="wanted")
@counts_file
def event_file(wanted: EventFile) -> ResponseReturnValue:
    """Send one event's statement."""
    event = wanted.event
    document = event_document(
        event,
        queries.sums_of([event.id])[event.id],
        facts=list(chain.from_iterable(ports.event_facts(event))),
        entries=queries.entries_of_event(event.id),
        title_of=queries.fund_title,
        made_at=clock.now(),
    )
    return send(document, wanted.ending)
