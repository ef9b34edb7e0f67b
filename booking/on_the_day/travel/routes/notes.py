"""A page where a host reads how schools come, and tells them what they need for their visit."""

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.models import Event
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import editing
from booking.on_the_day.rosters.routes.blueprint import load_event
from booking.on_the_day.travel import locks, pages, queries, service
from booking.on_the_day.travel.forms import NotesForm
from booking.on_the_day.travel.routes.blueprint import REFUSALS, hosts_school, travel


@travel.route("/host/events/<slug>/visits", methods=["GET", "POST"])
@requires(Action.EDIT_EVENT, load=load_event, scope=hosts_school, name="event")
def notes(event: Event) -> ResponseReturnValue:
    """Show how schools come, and save what they are told."""
    form = editing(
        lambda: NotesForm.filled(queries.notes_of(event.id)),
        changed_by=("write_visit_notes",),
        lock=lambda: locks.notes_of(event.id),
    )
    if form.carry_out(
        lambda: service.save_notes(
            actor=current_user.actor, now=clock.now(), event=event, details=form.details
        ),
        REFUSALS,
    ):
        flash("Saved. Schools that come read it in their visit pack.", "success")
        return redirects.see(url_for("travel.notes", slug=event.slug))
    return form.page("on_the_day/travel/notes.html", event=event, arrivals=pages.arrivals(event))
