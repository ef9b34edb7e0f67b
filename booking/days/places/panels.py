"""What an event's public page shows a coordinator: their own school's places."""

from datetime import datetime

from booking.days.events.models import Event, EventState
from booking.days.events.ports import Consequence, Panel
from booking.days.places import pages, queries, service
from booking.domain import english
from booking.domain.permissions import Actor, Role
from booking.people.schools import acting


def own_places(event: Event, *, actor: Actor, now: datetime) -> Panel | None:
    """Return the panel with the reader's own school's request and places."""
    if not actor.school_ids(Role.COORDINATOR) or event.state is EventState.DRAFT:
        return None
    view = pages.SchoolEvent(event, acting.school(), now)
    if not (view.may_ask or view.request or view.standing.held or view.pupils.named):
        return None
    return Panel("days/places/_panel.html", {"view": view})


def if_cancelled(event: Event, *, actor: Actor) -> Consequence:
    """Return which schools lose places, how many pupils, and who would be told."""
    found = queries.schools_at(event.id)
    named = sum(row.standing.named for row in found)
    reserves = sum(row.standing.reserves for row in found)
    pupils = english.plural(named, "pupil") if named else "None"
    waiting = f", and {english.plural(reserves, 'reserve')}" if reserves else ""
    schools = f"{len(found)}: {english.listed(row.school for row in found)}" if found else "None"
    rows = (("Schools with places", schools), ("Pupils named", pupils + waiting))
    return Consequence(rows, service.keys_of_mail(event))


def schools_coming(event: Event, *, actor: Actor, now: datetime) -> Panel | None:
    """Return the host's panel: numbers of places, names and replies for each school."""
    found = queries.schools_at(event.id)
    if not found:
        return None
    rows = [_numbers(row.standing) for row in found]
    facts = {
        "rows": [(row.school, *numbers) for row, numbers in zip(found, rows, strict=True)],
        "in_all": ("Total", *map(sum, zip(*rows, strict=True))),
    }
    return Panel("days/places/_schools_coming.html", facts)


def _numbers(at: queries.SchoolStanding) -> tuple[int, ...]:
    return at.held, at.named, at.confirmed, at.waiting, at.reserves
