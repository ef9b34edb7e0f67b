"""What the page says that asks whether an event should really be cancelled."""

from booking.days.events import ports
from booking.days.events.models import Event
from booking.domain import english
from booking.domain.permissions import Actor


def if_cancelled(event: Event, *, actor: Actor, to_team: frozenset[str]) -> list[tuple[str, str]]:
    """Return what cancelling an event would do: schools, pupils, pounds, and how much mail.

    `to_team` are the keys of the mails to the people who run the event.
    """
    found = ports.if_cancelled(event, actor=actor)
    keys = to_team.union(*(each.mails for each in found))
    rows = [row for each in found for row in each.rows]
    return [
        *rows,
        ("E-mails sent at once", english.plural(len(keys), "e-mail") if keys else "None"),
    ]
