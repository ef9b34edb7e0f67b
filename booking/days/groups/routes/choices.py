"""The host shares the workshops out, moves pupils by hand, and takes a move back."""

from flask import Response, abort, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import locks as event_locks
from booking.days.events.models import Event
from booking.days.groups import forms, service
from booking.days.groups.models import Workshop
from booking.days.groups.queries import workshops
from booking.days.groups.routes.blueprint import CHANGES_WORKSHOPS, MOVES_PUPIL, groups_pages
from booking.days.places import locks as place_locks
from booking.days.places.models import Booking
from booking.domain import english
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.forms import Refusals, editing

REFUSALS: Refusals = {service.WorkshopsRefused: ""}


@groups_pages.post("/host/events/<slug>/workshops/share")
@CHANGES_WORKSHOPS
def share_workshops(event: Event) -> ResponseReturnValue:
    """Share the workshops out as the page showed it, and tell families."""
    seen = request.form.get("digest", "")
    done = acts.attempt(
        lambda: service.sharing.share(
            actor=current_user.actor, now=clock.now(), event=event, seen=seen
        ),
        service.WorkshopsRefused,
        level="warning",
    )
    if done:
        told = english.plural(done.result, "family")
        flash(f"Shared out. {told} can read it, and are told by e-mail.", "success")
    return redirects.see(_home(event))


@groups_pages.get("/host/events/<slug>/workshops/record.json")
@CHANGES_WORKSHOPS
def workshops_record(event: Event) -> Response:
    """Send the record of the sharing, by which anybody can do it again."""
    row = workshops.choice(event.id)
    if row is None or row.record is None:
        abort(404)
    return Response(row.record, content_type="application/json")


@groups_pages.route("/host/bookings/<public_id>/workshops", methods=["GET", "POST"])
@MOVES_PUPIL
def move_pupil(booking: Booking) -> ResponseReturnValue:
    """Put one pupil into other workshops."""
    event = booking.event
    form = editing(
        lambda: forms.SpotsForm(data=_spots(booking)).offer(_rooms(event)),
        changed_by=("move_to_workshop", "undo_workshop_move"),
        lock=lambda: _locked(booking),
    )
    if form.carry_out(lambda: _move(event, booking, form), REFUSALS):
        flash("Saved.", "success")
        return redirects.see(_home(event))
    return form.page("days/groups/move.html", event=event, booking=booking)


def _locked(booking: Booking) -> Booking:
    event_locks.event(booking.event_id)
    return place_locks.booking(booking.id)


def _spots(booking: Booking) -> dict[str, str]:
    fields = {1: "first", 2: "second"}
    found: dict[str, str] = {}
    for spot in workshops.spots_of(booking.id):
        if spot.workshop.public_id not in found.values():
            found[fields[spot.half]] = spot.workshop.public_id
    return found


def _rooms(event: Event) -> list[tuple[Workshop, int]]:
    taken = workshops.taken_by_workshop(event.id)
    return [(each, each.places - taken[each.id]) for each in workshops.workshops(event.id)]


def _move(event: Event, booking: Booking, form: forms.SpotsForm) -> None:
    offered = {each.public_id: each for each in workshops.workshops(event.id)}
    service.seating.place(
        actor=current_user.actor,
        now=clock.now(),
        event=event,
        booking=booking,
        chosen=[offered[public_id] for public_id in form.chosen],
    )


@groups_pages.post("/host/events/<slug>/workshops/fill")
@CHANGES_WORKSHOPS
def fill_workshops(event: Event) -> ResponseReturnValue:
    """Put those without a workshop where most room is."""
    acts.attempt(
        lambda: service.seating.fill(actor=current_user.actor, now=clock.now(), event=event),
        service.WorkshopsRefused,
    )
    return redirects.see(_home(event))


@groups_pages.post("/host/events/<slug>/workshops/undo")
@CHANGES_WORKSHOPS
def undo_move(event: Event) -> ResponseReturnValue:
    """Take the last move back."""
    form = forms.VersionForm()
    acts.attempt(
        lambda: service.seating.undo(
            actor=current_user.actor, now=clock.now(), event=event, seen=form.seen
        ),
        service.WorkshopsRefused,
        service.GroupsRefused,
        level="warning",
    )
    return redirects.see(_home(event))


def _home(event: Event) -> str:
    return url_for("groups.workshops_page", slug=event.slug)
