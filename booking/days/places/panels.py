"""What places add to pages about events: a school's own places, the host's numbers, a preview."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from booking.days.events import pages as event_pages
from booking.days.events.models import Event, EventState, Sharing
from booking.days.events.ports import Consequence, Panel, Preview
from booking.days.places import forms, pages, queries, service
from booking.domain import english
from booking.domain.permissions import Actor, Role
from booking.people.schools import acting
from booking.people.schools.models import School


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


@dataclass
class _FirstLook(pages.SchoolEvent):
    """One event as a school sees it before it has asked for anything, as if it were published."""

    def __post_init__(self) -> None:
        """Hold nothing."""
        self.standing = queries.SchoolStanding()
        self.request, self.offers = None, []
        self.pupils = pages.SchoolPupils(self.event, self.school, self.now)
        self.pupils.named, self.pupils.reserves = [], []

    @cached_property
    def is_live(self) -> bool:
        return True

    @cached_property
    def is_planned(self) -> bool:
        return False

    @cached_property
    def is_shared(self) -> bool:
        return self.event.sharing is Sharing.FIRST_COME


def preview(event: Event, *, now: datetime) -> Preview:
    """Return the page of a school that the event is for, with nothing asked for yet."""
    # A school that nobody has: what a real one holds is its own affair.
    school = School(id=0, name="your school", low_year=event.low_year, high_year=event.high_year)
    facts = {
        "event": event,
        "school": school,
        "view": _FirstLook(event, school, now),
        "wrong": None,
        "stages": event_pages.stages(event, now),
        "panels": [],
        "request_form": forms.RequestForm(formdata=None),
    }
    return Preview("schools", "Schools", "days/school/event.html", facts)
