"""What answers add to other pages: the way to a pupil's answers, and to what changed late."""

from datetime import datetime

from flask import request, url_for

from booking.days.events.models import Event, EventState
from booking.days.events.ports import WorkLink
from booking.days.places import pages as place_pages
from booking.domain import permissions
from booking.domain.permissions import Action, Actor
from booking.on_the_day.answers import queries
from booking.on_the_day.rosters import windows
from booking.people.pupils.models import Pupil
from booking.people.pupils.ports import PupilPanel


def events(pupil: Pupil, *, now: datetime) -> PupilPanel | None:
    """Return the events that the pupil was named for, each with a link to what was answered."""
    found = [
        (booking.public_id, event.title, event.first_starts_at, place_pages.tag_of(booking))
        for booking, event in queries.bookings_of(pupil)
    ]
    if not found:
        return None
    return PupilPanel("on_the_day/answers/_events.html", {"events": found}, where="top")


def changes_link(event: Event, *, actor: Actor, now: datetime) -> WorkLink | None:
    """Return the link to what families changed late, for those who may read answers."""
    if event.state is EventState.DRAFT or not queries.changes_for_host(event.id):
        return None
    if not permissions.may(actor, Action.SEE_HEALTH, windows.scope_of(event, now)):
        return None
    is_here = request.endpoint == "answers.changes"
    return WorkLink("Changes", url_for("answers.changes", slug=event.slug), current=is_here)
